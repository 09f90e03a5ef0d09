/** Counts messages that were refused and says so once for each sender: a broken one must not fill the log of a night. */
export interface Inbox {
  readonly refused: (sender: string, reason: string) => void;
  readonly count: () => number;
}

export const createInbox = (report: (text: string) => void): Inbox => {
  const said = new Set<string>();
  let count = 0;
  return {
    refused: (sender, reason) => {
      count += 1;
      if (said.has(sender)) return;
      said.add(sender);
      report(`A message from ${sender} was refused (later ones are only counted): ${reason}`);
    },
    count: () => count,
  };
};
