import { create } from 'qrcode';

/** Light modules around a code, without which readers do not find it (ISO/IEC 18004). */
const QUIET = 4;

/**
 * A QR code of a link as one SVG path: each run of dark modules is a bar one module high. It is drawn dark on light into
 * a square of `size` x `size`, quiet zone included: `<svg viewBox="0 0 size size"><path d=.../></svg>`.
 * @param url a link of at most 400 characters
 */
export const qrPath = (url: string): { readonly size: number; readonly path: string } => {
  const { modules } = create(url, { errorCorrectionLevel: 'M' });
  let path = '';
  for (let row = 0; row < modules.size; row += 1) {
    let column = 0;
    while (column < modules.size) {
      let end = column;
      while (end < modules.size && modules.get(row, end) !== 0) end += 1;
      if (end > column) path += `M${column + QUIET} ${row + QUIET}h${end - column}v1h-${end - column}z`;
      column = end + 1;
    }
  }
  return { size: modules.size + 2 * QUIET, path };
};
