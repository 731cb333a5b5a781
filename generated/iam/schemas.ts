// Generated from openapi/iam.yaml by `npm run generate`. Do not edit.

/** @description What to exchange for an IAM token. */
export type CreateIamTokenRequest = {
    /** @description The signed JSON Web Token. */
    jwt: string;
};
/** @description An IAM token. */
export type CreateIamTokenResponse = {
    /** @description The token, to be sent as `Authorization: Bearer …`. */
    iamToken: string;
    /**
     * Format: date-time
     * @description When the token expires, at most 12 hours after the request, as RFC 3339 text with up to nine fractional digits.
     */
    expiresAt: string;
};
/** @description One detail of a failure. Which further fields it has depends on its type: a `google.rpc.RequestInfo`, for one, has a `requestId` to quote to the provider's support. */
export type StatusDetail = {
    /** @description The type of the detail, as a URL that ends in the name of a protobuf message. */
    "@type": string;
} & {
    [key: string]: unknown;
};
/** @description An error, as `google.rpc.Status` in JSON. Each field can be missing, and a gateway in front of the API can respond with another body, or none. */
export type Status = {
    /**
     * Format: int32
     * @description The gRPC code of the failure, for example 5 for "not found". It is not the HTTP status.
     */
    code?: number;
    /** @description The reason, in English, for a developer to read. */
    message?: string;
    /** @description More about the failure, for a program to read. */
    details?: StatusDetail[];
};
