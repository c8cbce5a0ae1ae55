/** A table sent as binary columns; see docs/studio-api.md. */
export interface Columns {
  rows: number;
  header: Record<string, unknown>;
  column(name: string): ArrayLike<number>;
  words(name: string): string[] | undefined;
  has(name: string): boolean;
}

interface Header extends Record<string, unknown> {
  rows: number;
  columns: { name: string; type: 'f32' | 'i32' | 'u16' | 'u8'; offset: number }[];
  words?: Record<string, string[]>;
}

export function readColumns(bytes: ArrayBuffer): Columns {
  const view = new DataView(bytes);
  if (view.getUint32(0, false) !== 0x4c4c4331) throw new Error('The columns do not begin with LLC1.');
  const length = view.getUint32(4, true);
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(bytes, 8, length))) as Header;
  const data = Math.ceil((8 + length) / 8) * 8;
  const types = { f32: Float32Array, i32: Int32Array, u16: Uint16Array, u8: Uint8Array };
  const made = new Map<string, ArrayLike<number>>();
  for (const c of header.columns) made.set(c.name, new types[c.type](bytes, data + c.offset, header.rows));
  return {
    rows: header.rows,
    header,
    column(name) {
      const c = made.get(name);
      if (!c) throw new Error(`The columns have no ${name}.`);
      return c;
    },
    words: (name) => header.words?.[name],
    has: (name) => made.has(name),
  };
}
