/** What hinders a connection to a broker, and how to mend it: by the code of Node, of OpenSSL or of MQTT's answer. */
const BY_CODE: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there: check address and port, and that the broker runs',
  ENOTFOUND: 'there is no host of that name: check the address',
  EAI_AGAIN: 'the name cannot be looked up: check the network, or give the address in numbers',
  ETIMEDOUT: 'the host does not answer: check the address and the network',
  EHOSTUNREACH: 'the host cannot be reached: check the network',
  ENETUNREACH: 'the host cannot be reached: check the network',
  ECONNRESET: 'the broker hung up: check that port and kind of connection (mqtt, mqtts, ws, wss) go together',
  EPIPE: 'the broker hung up',
  EPROTO: 'it does not speak TLS there: mqtts is usually port 8883, mqtt port 1883',
  CERT_HAS_EXPIRED: 'its certificate has run out: renew it there, or set the clock here',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet: set the clock',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name: use the name that the certificate has',
};

const UNKNOWN_AUTHORITY = 'its certificate is signed by an authority that this machine does not know: give that authority\'s certificate with "ca"';
const UNKNOWN_AUTHORITY_CODES: ReadonlySet<string> = new Set([
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
]);

/** A broker's answer to CONNECT (MQTT 3.1.1 table 3.1, MQTT 5 section 3.2.2.2) or its reason to hang up (3.14.2.1). */
export const reasonInWords = (code: number, version: 4 | 5): string => {
  switch (code) {
    case 1:
    case 132:
      return version === 5 ? 'the broker does not speak MQTT 5: set version 4' : 'the broker does not speak MQTT 3.1.1: set version 5';
    case 2:
    case 133:
      return 'the broker refused our name; it should let clients choose their own';
    case 3:
    case 136:
    case 137:
      return 'the broker has no room or is busy';
    case 4:
    case 5:
    case 134:
    case 135:
    case 140:
      return 'the broker refused the user name or password';
    case 138:
      return 'the broker has banned this machine';
    case 139:
    case 141:
      return 'the broker is being shut down, or heard nothing from us';
    case 142:
      return 'another client took our name';
    case 151:
      return 'the broker says that its quota is used up';
    default:
      return `the broker refused with MQTT's reason ${code}`;
  }
};

const codeOf = (error: Error): unknown => ('code' in error ? error.code : undefined);

/** @param version of MQTT that was asked for */
export const troubleInWords = (error: Error, version: 4 | 5): string => {
  const code = codeOf(error);
  if (typeof code === 'number') return reasonInWords(code, version);
  if (typeof code === 'string') {
    const known = BY_CODE[code];
    if (known !== undefined) return known;
    if (UNKNOWN_AUTHORITY_CODES.has(code)) return UNKNOWN_AUTHORITY;
    if (code.startsWith('ERR_SSL_')) return BY_CODE['EPROTO'] ?? code;
    return `the connection failed (${code})`;
  }
  if (error.message === 'connack timeout') return 'it does not answer in MQTT: check port and kind of connection (mqtt, mqtts, ws, wss)';
  const http = /^Unexpected server response: (\d{3})$/.exec(error.message)?.[1];
  if (http !== undefined) return `there is no broker at that path (the server answered ${http}): MQTT over WebSocket often lies at /mqtt`;
  return 'what came is no MQTT: check port and kind of connection (mqtt, mqtts, ws, wss)';
};
