/** What a pod may say. `frame`: its features. `consent`: a change of it. `bye`: it leaves. `chant`: someone awake hums along. */
export const POD_VERBS = ['frame', 'consent', 'bye', 'chant'] as const;
export type PodVerb = (typeof POD_VERBS)[number];

/** Whose topic it is, and what it carries. */
export interface PodTopic {
  /** 16 hexadecimal digits (core/signal/pod-frame.ts). */
  readonly sid: string;
  readonly verb: PodVerb;
}

const root = (gathering: string): string => `nexus/v1/${gathering}/`;

export const podTopic = (gathering: string, sid: string, verb: PodVerb): string => `${root(gathering)}pod/${sid}/${verb}`;

/** Every pod of a gathering, as a filter to subscribe to. */
export const everyPodTopic = (gathering: string): string => `${root(gathering)}pod/+/+`;

/** The live collective, four times a second: for those who are in the gathering. */
export const collectiveTopic = (gathering: string): string => `${root(gathering)}collective`;

const SID = /^[0-9a-f]{16}$/;
const SID_LENGTH = 16;
const VERBS: ReadonlyMap<string, PodVerb> = new Map(POD_VERBS.map((verb) => [verb, verb]));

/** Reads pod topics of one gathering. Whatever is not exactly one of them (another gathering, a wildcard, a long or empty level) is null. */
export const podTopicReader = (gathering: string): ((topic: string) => PodTopic | null) => {
  const prefix = `${root(gathering)}pod/`;
  const verbAt = prefix.length + SID_LENGTH + 1;
  return (topic) => {
    if (!topic.startsWith(prefix) || topic.charCodeAt(verbAt - 1) !== 47) return null;
    const verb = VERBS.get(topic.slice(verbAt));
    const sid = topic.slice(prefix.length, verbAt - 1);
    return verb !== undefined && SID.test(sid) ? { sid, verb } : null;
  };
};
