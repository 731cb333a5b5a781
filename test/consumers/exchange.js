// What every run time is given: it exchanges a service account's key for a token.
import { fromServiceAccountKey } from "managed-mysql-client/iam";

export function exchange(key, endpoint) {
  return fromServiceAccountKey(key, { endpoint })();
}
