/** The last so many values, oldest first. */
export interface Ring {
  readonly length: number;
  push(value: number): void;
  /** 0 is the oldest kept. */
  at(index: number): number;
  /** Copies the last `count` into an array, oldest first; less is there at the start. Returns how many. */
  last(count: number, into: Float64Array): number;
}

export const createRing = (capacity: number): Ring => {
  const values = new Float64Array(capacity);
  let next = 0;
  let length = 0;
  const at = (index: number): number => values[(next - length + index + capacity) % capacity] ?? 0;
  return {
    get length() {
      return length;
    },
    push: (value) => {
      values[next] = value;
      next = (next + 1) % capacity;
      length = Math.min(capacity, length + 1);
    },
    at,
    last: (count, into) => {
      const held = Math.min(count, length);
      for (let i = 0; i < held; i += 1) into[i] = at(length - held + i);
      return held;
    },
  };
};
