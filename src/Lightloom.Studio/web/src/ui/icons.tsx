/** Line icons on a grid of 16, drawn for this page. */
const paths: Record<string, string> = {
  requirements: 'M3 2.5h7l3 3v8H3zM5.5 8h5M5.5 10.5h5M5.5 5.5h2.5',
  fabric: 'M2 11h3v3H2zM6.5 11h3v3h-3zM11 11h3v3h-3zM4 2h3v3H4zM9 2h3v3H9zM3.5 11l2-6M8 11 5.5 5M8 11l2.5-6M12.5 11l-2-6',
  floor: 'M2 2h12v12H2zM2 6h5M9 6h5M4 4h1M7 4h1M11 4h1M4.5 9v3M8 9v3M11.5 9v3',
  cables: 'M2 4h3c3 0 3 8 6 8h3M2 12h3c1 0 1.6-1 2.1-2.200M9 6c.5-1.1 1.1-2 2-2h3',
  bill: 'M4 2h8v12l-2-1.5-2 1.5-2-1.500L4 14zM6 5.500h4M6 8h4',
  simulate: 'M2 13V3M2 13h12M4 10l3-4 2.5 2.500L14 4',
  train: 'M2 3h5v4H2zM9 3h5v4H9zM2 9h5v4H2zM9 9h5v4H9zM7 5h2M7 11h2',
  faults: 'M8 2.5 14.5 13.500h-13zM8 6.500v3.200M8 11.400v.6',
  compare: 'M2 3h5v10H2zM9 3h5v10H9zM3.5 6h2M10.5 9h2',
  explore: 'M2 13V3M2 13h12M5 10.500h.1M7 7.500h.1M9.5 6h.1M12.5 5h.1M10 10h.1M12.5 8.500h.1',
  files: 'M2 4h4l1.5 2H14v7H2z',
  undo: 'M5 3 2.5 6 5 9M2.5 6H10a3.5 3.5 0 0 1 0 7H7',
  redo: 'M11 3l2.5 3L11 9M13.5 6H6a3.5 3.5 0 0 0 0 7h3',
  history: 'M3 8a5 5 0 1 1 1.5 3.600M3 8V4.500M3 8h3.200M8 5.500V8l2 1.5',
  search: 'M7 2.500a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9zM10.5 10.500l3.5 3.5',
  sun: 'M8 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM8 1.500v1.500M8 13v1.500M1.5 8H3M13 8h1.500M3.4 3.400l1 1M11.6 11.600l1 1M12.6 3.400l-1 1M4.4 11.600l-1 1',
  moon: 'M12.5 10A5.5 5.5 0 0 1 6 3.500a5.5 5.5 0 1 0 6.5 6.500z',
  print: 'M4 6V2h8v4M4 12H2V6h12v6h-2M4 10h8v4H4z',
  close: 'M3.5 3.500l9 9M12.5 3.500l-9 9',
  link: 'M6.5 9.500l3-3M7 4.500l1.5-1.500a3 3 0 0 1 4.5 4.500L11.5 9M9 11.5 7.5 13a3 3 0 0 1-4.5-4.500L4.5 7',
  help: 'M8 1.800a6.2 6.2 0 1 0 0 12.400A6.2 6.2 0 0 0 8 1.800zM6 6.200a2 2 0 1 1 2.6 1.900c-.4.2-.6.5-.6 1M8 11.300v.3',
};

export function Icon({ name }: { name: string }) {
  return (
    <svg viewBox="0 0 16 16" width="16" height="16" fill="none" stroke="currentColor" stroke-width="1.3" stroke-linejoin="round" stroke-linecap="round" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  );
}
