import type { NightMinute } from '../../../core/ipc/engine-view.ts';

/**
 * The night clock's geometry. The face opens at the foot: dusk stands low on the left, the middle of
 * the night on top, dawn low on the right. Angles are degrees clockwise from the top; lengths are in
 * units of the drawing, whose centre is the origin.
 */
export const DUSK = -148;
export const DAWN = 148;
export const RING = { inner: 92, outer: 156 } as const;
export const SCENE_RADIUS = 168;
/** Minutes that the face holds before it has to grow. */
export const NIGHT_MINUTES = 540;

/** Stages from the centre outwards, as places in the frame's order W N1 N2 N3 R: the deepest lies innermost. */
export const INWARD_OUT = [3, 2, 1, 4, 0] as const;

export interface Point {
  readonly x: number;
  readonly y: number;
}

export const faceMinutes = (night: readonly NightMinute[]): number => Math.max(NIGHT_MINUTES, (night[night.length - 1]?.minute ?? 0) + 1);

/** Angle of a share of the night, 0 dusk to 1 dawn. */
export const angleAt = (share: number): number => DUSK + (DAWN - DUSK) * Math.min(1, Math.max(0, share));

export const pointAt = (angle: number, radius: number): Point => {
  const turn = (angle * Math.PI) / 180;
  return { x: radius * Math.sin(turn), y: -radius * Math.cos(turn) };
};

const short = (value: number): string => String(Math.round(value * 100) / 100);
const at = (angle: number, radius: number): string => {
  const { x, y } = pointAt(angle, radius);
  return `${short(x)} ${short(y)}`;
};

/** SVG path of an arc, clockwise. */
export const arcPath = (from: number, to: number, radius: number): string =>
  `M${at(from, radius)}A${radius} ${radius} 0 ${to - from > 180 ? 1 : 0} 1 ${at(to, radius)}`;

/** SVG path of a ring's part between two radii. */
export const bandPath = (from: number, to: number, inner: number, outer: number): string => {
  const large = to - from > 180 ? 1 : 0;
  return `M${at(from, outer)}A${outer} ${outer} 0 ${large} 1 ${at(to, outer)}L${at(to, inner)}A${inner} ${inner} 0 ${large} 0 ${at(from, inner)}Z`;
};

const MOST_POINTS = 360;
/** Minutes to each side that a minute's shares are averaged with: few pods make a jagged edge, and the eye wants the tide. */
const CALM_MINUTES = 3;

const calmed = (night: readonly NightMinute[]): readonly Pick<NightMinute, 'minute' | 'share'>[] =>
  night.map(({ minute }, index) => {
    const near = night.slice(Math.max(0, index - CALM_MINUTES), index + CALM_MINUTES + 1);
    const mean = (stage: 0 | 1 | 2 | 3 | 4): number => near.reduce((sum, { share }) => sum + share[stage], 0) / near.length;
    return { minute, share: [mean(0), mean(1), mean(2), mean(3), mean(4)] };
  });

/** Every minute, or every few minutes of a long night, and always the last. */
const thinned = <Entry>(night: readonly Entry[]): readonly Entry[] => {
  const stride = Math.ceil(night.length / MOST_POINTS);
  return stride <= 1 ? night : night.filter((_, index) => index % stride === 0 || index === night.length - 1);
};

/**
 * One path a stage, in the order of `INWARD_OUT`: a stacked area bent round the face. A minute's shares
 * fill the ring from its inner to its outer edge.
 */
export const stagePaths = (night: readonly NightMinute[], minutes: number): readonly string[] => {
  const kept = thinned(calmed(night));
  const first = kept[0];
  const last = kept[kept.length - 1];
  if (first === undefined || last === undefined) return INWARD_OUT.map(() => '');
  const columns = [...kept.map((entry) => ({ share: entry.share, minute: entry.minute })), { share: last.share, minute: last.minute + 1 }];
  const edge = (column: (typeof columns)[number], upTo: number): number => {
    const total = column.share.reduce((sum, share) => sum + share, 0) || 1;
    const below = INWARD_OUT.slice(0, upTo).reduce<number>((sum, stage) => sum + column.share[stage], 0);
    return RING.inner + ((RING.outer - RING.inner) * below) / total;
  };
  return INWARD_OUT.map((_, level) => {
    const outer = columns.map((column) => at(angleAt(column.minute / minutes), edge(column, level + 1)));
    const inner = columns.map((column) => at(angleAt(column.minute / minutes), edge(column, level))).reverse();
    return `M${outer.join('L')}L${inner.join('L')}Z`;
  });
};

export interface SceneArc {
  readonly scene: string;
  /** Shares of the night. */
  readonly from: number;
  readonly to: number;
  readonly played: boolean;
}

/** Scenes as they were played: a run of minutes with one scene is one arc. */
export const playedArcs = (night: readonly NightMinute[], minutes: number): readonly SceneArc[] => {
  const arcs: { scene: string; from: number; to: number; played: true }[] = [];
  for (const entry of night) {
    const last = arcs[arcs.length - 1];
    if (last !== undefined && last.scene === entry.scene) last.to = (entry.minute + 1) / minutes;
    else arcs.push({ scene: entry.scene, from: entry.minute / minutes, to: (entry.minute + 1) / minutes, played: true });
  }
  return arcs;
};

/** Scenes as the score lays them over the night, from `now` on: each lasts until the next one's place. */
export const plannedArcs = (scenes: readonly { readonly id: string; readonly arc: number }[], now: number): readonly SceneArc[] => {
  const ordered = [...scenes].sort((a, b) => a.arc - b.arc);
  return ordered.flatMap((scene, index) => {
    const from = Math.max(now, index === 0 ? 0 : scene.arc);
    const to = ordered[index + 1]?.arc ?? 1;
    return to - from > 0.004 ? [{ scene: scene.id, from, to, played: false }] : [];
  });
};

/**
 * Outline of one breath ring: a circle that restlessness dents. `turn` moves the dents along, so that
 * rings of sleepers who are out of step do not lie on each other.
 */
export const breathRing = (radius: number, restless: number, turn: number, points = 64): string => {
  let path = '';
  for (let index = 0; index < points; index += 1) {
    const angle = (index / points) * 360;
    const dent = restless * (2.2 * Math.sin(((angle * 7 + turn * 57) * Math.PI) / 180) + 1.3 * Math.sin(((angle * 11 - turn * 83) * Math.PI) / 180));
    path += `${index === 0 ? 'M' : 'L'}${at(angle, radius + dent)}`;
  }
  return `${path}Z`;
};
