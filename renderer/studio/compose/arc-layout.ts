/** What a key moves a scene along the night, as a share of it. */
export const STEPS: Readonly<Record<string, number>> = { ArrowLeft: -0.005, ArrowDown: -0.005, ArrowRight: 0.005, ArrowUp: 0.005, PageDown: -0.05, PageUp: 0.05, Home: -1, End: 1 };

/** Height of the arc over the night, 0 at dusk and dawn, 1 in the middle. */
export const arcHeight = (share: number): number => Math.sin(Math.PI * Math.min(1, Math.max(0, share)));

/** Rows of the names, 0 or 1: a name that stands close behind another steps up, so that both can be read. */
export const labelRows = (arcs: readonly number[], near = 0.085): readonly number[] => {
  const order = arcs.map((arc, index) => ({ arc, index })).sort((a, b) => a.arc - b.arc);
  const rows = arcs.map(() => 0);
  order.forEach((entry, place) => {
    const before = order[place - 1];
    if (before !== undefined && entry.arc - before.arc < near) rows[entry.index] = 1 - (rows[before.index] ?? 0);
  });
  return rows;
};
