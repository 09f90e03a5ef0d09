/**
 * Elementary functions that give the same bits in every JavaScript engine: only + - * / and
 * Math.sqrt/floor/abs, which IEEE 754 pins down, and the bits of a double. Engines' own Math.sin,
 * Math.exp and their kin differ in the last bits, which is enough to part two renderings.
 *
 * Reductions and minimax coefficients of sin, cos, log and atan are those of fdlibm (Sun
 * Microsystems 1993, freely usable: s_sin.c, k_sin.c, k_cos.c, e_log.c, s_atan.c); exp is a
 * Taylor series after Cody and Waite's reduction (Software Manual for the Elementary Functions, 1980).
 */

const LN2_HIGH = 6.931471803691238e-1;
const LN2_LOW = 1.9082149292705877e-10;
const LN2 = 0.6931471805599453;
const HALF_PI_A = 1.5707963267341256;
const HALF_PI_B = 6.077100506303966e-11;
const HALF_PI_C = 2.0222662487959506e-21;
/** The circle constant, the same double everywhere. */
export const PI = 3.141592653589793;
/** A full turn in radians. */
export const TWO_PI = 6.283185307179586;

// Scratch for the bits of a double; it holds nothing between two calls.
const bits = new DataView(new ArrayBuffer(8));

/** 2^k for whole k from -1022 to 1023, exactly. */
const powerOfTwo = (k: number): number => {
  bits.setUint32(0, (k + 1023) << 20);
  bits.setUint32(4, 0);
  return bits.getFloat64(0);
};

/** value x 2^k, for k in steps that never overflow on the way. */
const scale = (value: number, k: number): number => {
  if (k > 1023) return value * powerOfTwo(1023) * powerOfTwo(Math.min(k - 1023, 1023));
  if (k < -1022) return value * powerOfTwo(-1000) * powerOfTwo(Math.max(k + 1000, -1022));
  return value * powerOfTwo(k);
};

/** e^r for |r| <= 0.35 by its Taylor series to the 13th power (remainder below 5e-18). */
const expKernel = (r: number): number => {
  let sum = 1 / 6_227_020_800;
  sum = sum * r + 1 / 479_001_600;
  sum = sum * r + 1 / 39_916_800;
  sum = sum * r + 1 / 3_628_800;
  sum = sum * r + 1 / 362_880;
  sum = sum * r + 1 / 40_320;
  sum = sum * r + 1 / 5_040;
  sum = sum * r + 1 / 720;
  sum = sum * r + 1 / 120;
  sum = sum * r + 1 / 24;
  sum = sum * r + 1 / 6;
  sum = sum * r + 0.5;
  return 1 + (r + r * r * sum);
};

/** e^x. Relative error below 1e-15 where the result is a normal double; 0 below -746, Infinity above 710. */
export const exp = (x: number): number => {
  if (x > 709.79) return Infinity;
  if (x < -745.2) return 0;
  if (x !== x) return NaN;
  const k = Math.floor(x / LN2 + 0.5);
  return scale(expKernel(x - k * LN2_HIGH - k * LN2_LOW), k);
};

/** 2^x, exact for whole x. Relative error below 1e-15 where the result is a normal double. */
export const exp2 = (x: number): number => {
  if (x >= 1024) return Infinity;
  if (x < -1075) return 0;
  if (x !== x) return NaN;
  const k = Math.floor(x + 0.5);
  return scale(expKernel((x - k) * LN2), k);
};

/** log(1 + f) - f for 1 + f from sqrt(1/2) to sqrt(2), by fdlibm's polynomial in s = f / (2 + f). */
const logKernel = (f: number): number => {
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const odd = w * (0.3999999999940942 + w * (0.22222198432149784 + w * 0.15313837699209373));
  const even = z * (0.6666666666666735 + w * (0.2857142874366239 + w * (0.1818357216161805 + w * 0.14798198605116586)));
  const half = 0.5 * f * f;
  return s * (half + odd + even) - half;
};

/** x = 2^exponent x (1 + fraction), for positive finite x. */
const split = (x: number): { exponent: number; fraction: number } => {
  let exponent = 0;
  let value = x;
  if (value < 2.2250738585072014e-308) {
    value *= 18_014_398_509_481_984;
    exponent -= 54;
  }
  bits.setFloat64(0, value);
  const high = bits.getUint32(0);
  exponent += (high >>> 20) - 1023;
  bits.setUint32(0, (high & 0x000f_ffff) | 0x3ff0_0000);
  let mantissa = bits.getFloat64(0);
  if (mantissa > Math.SQRT2) {
    mantissa *= 0.5;
    exponent += 1;
  }
  return { exponent, fraction: mantissa - 1 };
};

/** Natural logarithm. Error below 1e-15 of the result for normal x > 0; -Infinity at 0, NaN below. */
export const log = (x: number): number => {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN;
  if (x === Infinity) return Infinity;
  const { exponent, fraction } = split(x);
  return exponent * LN2_HIGH + (fraction + (logKernel(fraction) + exponent * LN2_LOW));
};

/** Logarithm to base 2, exact for powers of two. Error below 1e-15 of the result for x > 0. */
export const log2 = (x: number): number => {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN;
  if (x === Infinity) return Infinity;
  const { exponent, fraction } = split(x);
  return exponent + (fraction + logKernel(fraction)) / LN2;
};

const wholePower = (base: number, exponent: number): number => {
  let result = 1;
  let square = base;
  for (let left = exponent; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) result *= square;
    square *= square;
  }
  return result;
};

/**
 * base^exponent. Relative error below 1e-12 for results from 1e-300 to 1e300; whole exponents up to
 * 64 are products. A negative base wants a whole exponent, otherwise NaN, as Math.pow has it.
 */
export const pow = (base: number, exponent: number): number => {
  if (exponent === 0) return 1;
  if (base !== base || exponent !== exponent) return NaN;
  const whole = Math.floor(exponent) === exponent;
  if (whole && Math.abs(exponent) <= 64) {
    const product = wholePower(base, Math.abs(exponent));
    return exponent < 0 ? 1 / product : product;
  }
  if (base === 0) return exponent > 0 ? 0 : Infinity;
  if (base > 0) return exp(exponent * log(base));
  if (!whole) return NaN;
  const size = exp(exponent * log(-base));
  return Math.abs(exponent) % 2 === 1 ? -size : size;
};

const sinKernel = (x: number): number => {
  const z = x * x;
  const tail = 0.00833333333332249 + z * (-0.0001984126982985795 + z * (2.7557313707070068e-6 + z * (-2.5050760253406863e-8 + z * 1.58969099521155e-10)));
  return x + x * z * (-0.1666666666666663 + z * tail);
};

const cosKernel = (x: number): number => {
  const z = x * x;
  const tail = 0.0416666666666666 + z * (-0.001388888888887411 + z * (0.00002480158728947673 + z * (-2.7557314351390663e-7 + z * (2.087572321298175e-9 + z * -1.1359647557788195e-11))));
  const half = 0.5 * z;
  const near = 1 - half;
  return near + (1 - near - half + z * z * tail);
};

const quadrant = (x: number, turn: number): number => {
  const k = Math.floor(x / 1.5707963267948966 + 0.5);
  const r = x - k * HALF_PI_A - k * HALF_PI_B - k * HALF_PI_C;
  const q = k + turn - 4 * Math.floor((k + turn) / 4);
  if (q === 0) return sinKernel(r);
  if (q === 1) return cosKernel(r);
  return q === 2 ? -sinKernel(r) : -cosKernel(r);
};

/** Sine of x radians. Absolute error below 1e-15 up to |x| = 1e6 (5e-8 at 1e9: reduce a phase before it grows); NaN where x is not finite. */
export const sin = (x: number): number => (Math.abs(x) <= 0.7853981633974483 ? sinKernel(x) : quadrant(x, 0));

/** Cosine of x radians; errors as for sin. */
export const cos = (x: number): number => (Math.abs(x) <= 0.7853981633974483 ? cosKernel(x) : quadrant(x, 1));

/** Hyperbolic tangent, -1 to 1. Relative error below 1e-14. */
export const tanh = (x: number): number => {
  const size = Math.abs(x);
  if (size < 0.1) {
    const z = x * x;
    return x * (1 + z * (-1 / 3 + z * (2 / 15 + z * (-17 / 315 + z * (62 / 2835 + z * (-1382 / 155_925 + z * (21_844 / 6_081_075)))))));
  }
  if (size > 20) return x > 0 ? 1 : -1;
  const e = exp(2 * size);
  const value = 1 - 2 / (e + 1);
  return x > 0 ? value : x < 0 ? -value : NaN;
};

/** Arc tangent of |x| <= 7/16 by fdlibm's polynomial. */
const atanKernel = (x: number): number => {
  const z = x * x;
  const w = z * z;
  const odd = z * (0.3333333333333293 + w * (0.14285714272503466 + w * (0.09090887133436507 + w * (0.06661073137387531 + w * (0.049768779946159324 + w * 0.016285820115365782)))));
  const even = w * (-0.19999999999876483 + w * (-0.11111110405462356 + w * (-0.0769187620504483 + w * (-0.058335701337905735 + w * -0.036531572744216916))));
  return x - x * (odd + even);
};

/** Arc tangent in radians, -pi/2 to pi/2. Relative error below 1e-15. */
export const atan = (x: number): number => {
  const size = Math.abs(x);
  let angle: number;
  if (size < 0.4375) angle = atanKernel(size);
  else if (size < 0.6875) angle = 0.4636476090008061 + atanKernel((2 * size - 1) / (2 + size));
  else if (size < 1.1875) angle = 0.7853981633974483 + atanKernel((size - 1) / (size + 1));
  else if (size < 2.4375) angle = 0.982793723247329 + atanKernel((size - 1.5) / (1 + 1.5 * size));
  else angle = 1.5707963267948966 + atanKernel(-1 / size);
  return x < 0 ? -angle : angle;
};

/** Angle of the point (x, y) in radians, -pi to pi; 0 at the origin. Relative error below 1e-15 for finite arguments. */
export const atan2 = (y: number, x: number): number => {
  if (x > 0) return atan(y / x);
  if (x < 0) return y >= 0 ? atan(y / x) + PI : atan(y / x) - PI;
  if (x !== x || y !== y) return NaN;
  return y > 0 ? PI / 2 : y < 0 ? -PI / 2 : 0;
};
