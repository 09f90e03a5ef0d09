import type { Intake, Origin } from '../../nexus/adapters/adapter.ts';

/** What an adapter handed in, in order, and a guard's first rule: a pod belongs to the connection that spoke for it first. */
export interface RecordedIntake extends Intake {
  readonly calls: readonly { readonly what: string; readonly sid?: string; readonly payload?: unknown; readonly from: Origin }[];
  count(what: string): number;
}

export const recordedIntake = (): RecordedIntake => {
  const calls: { what: string; sid?: string; payload?: unknown; from: Origin }[] = [];
  const owners = new Map<string, string>();
  const owns = (sid: string, from: Origin): boolean => {
    const owner = owners.get(sid) ?? from.connection;
    owners.set(sid, owner);
    return owner === from.connection;
  };
  return {
    calls,
    count: (what) => calls.filter((call) => call.what === what).length,
    frame: (payload, from, sid = '') => {
      if (!owns(sid, from)) {
        calls.push({ what: 'not its own', sid, from });
        return 'not its own';
      }
      calls.push({ what: 'frame', sid, payload, from });
      return 'taken';
    },
    consent: (sid, payload, from) => {
      if (!owns(sid, from)) return 'not its own';
      calls.push({ what: 'consent', sid, payload, from });
      return 'taken';
    },
    bye: (sid, from) => {
      if (!owns(sid, from)) {
        calls.push({ what: 'not its own', sid, from });
        return 'not its own';
      }
      calls.push({ what: 'bye', sid, from });
      return 'taken';
    },
    chant: (payload, from) => {
      calls.push({ what: 'chant', payload, from });
      return 'taken';
    },
    closed: (from) => {
      owners.forEach((owner, sid) => owner === from.connection && owners.delete(sid));
      calls.push({ what: 'closed', from });
    },
    refused: (reason, from) => {
      calls.push({ what: reason, from });
    },
  };
};
