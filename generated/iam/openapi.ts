// Generated from openapi/iam.yaml by `npm run generate`. Do not edit.

export interface paths {
    "/iam/v1/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Exchange a JSON Web Token for an IAM token
         * @description Creates an IAM token for the service account that has signed the JSON Web Token.
         *
         *     Repeating a request is safe: it can return the same IAM token again.
         */
        post: operations["createIamToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description What to exchange for an IAM token. */
        CreateIamTokenRequest: {
            /** @description The signed JSON Web Token. */
            jwt: string;
        };
        /** @description An IAM token. */
        CreateIamTokenResponse: {
            /** @description The token, to be sent as `Authorization: Bearer …`. */
            iamToken: string;
            /**
             * Format: date-time
             * @description When the token expires, at most 12 hours after the request, as RFC 3339 text with up to nine fractional digits.
             */
            expiresAt: string;
        };
        /** @description One detail of a failure. Which further fields it has depends on its type: a `google.rpc.RequestInfo`, for one, has a `requestId` to quote to the provider's support. */
        StatusDetail: {
            /** @description The type of the detail, as a URL that ends in the name of a protobuf message. */
            "@type": string;
        } & {
            [key: string]: unknown;
        };
        /** @description An error, as `google.rpc.Status` in JSON. Each field can be missing, and a gateway in front of the API can respond with another body, or none. */
        Status: {
            /**
             * Format: int32
             * @description The gRPC code of the failure, for example 5 for "not found". It is not the HTTP status.
             */
            code?: number;
            /** @description The reason, in English, for a developer to read. */
            message?: string;
            /** @description More about the failure, for a program to read. */
            details?: components["schemas"]["StatusDetail"][];
        };
    };
    responses: {
        /** @description A request quota is used up. Wait, then repeat the request. */
        TooManyRequests: {
            headers: {
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Status"];
            };
        };
        /** @description The server failed. Repeating the request can help. */
        InternalServerError: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Status"];
            };
        };
        /** @description The service is temporarily unavailable. Wait, then repeat the request. */
        ServiceUnavailable: {
            headers: {
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Status"];
            };
        };
        /** @description The server did not finish in time. Repeating the request can help. */
        GatewayTimeout: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Status"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: {
        /**
         * @description How long to wait before the next try: a whole number of seconds, or an HTTP date. It can be missing.
         * @example 5
         */
        RetryAfter: string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    createIamToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateIamTokenRequest"];
            };
        };
        responses: {
            /** @description The IAM token, and when it expires. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreateIamTokenResponse"];
                };
            };
            /** @description The body is not what the operation takes. Fix the request. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Status"];
                };
            };
            /** @description The JSON Web Token is malformed, expired, or not signed by an authorized key of the service account. Sign a new one, with another key if this one was deleted. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Status"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
            504: components["responses"]["GatewayTimeout"];
        };
    };
}
