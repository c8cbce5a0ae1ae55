import { useState } from 'preact/hooks';
import { api } from '../api';
import { go, href } from '../router';
import type { Found } from '../types';
import { Dialog, useAnswer } from '../ui/parts';

export function target(f: Found): string {
  switch (f.kind) {
    case 'device':
      return href('fabric', ['device', f.name]);
    case 'cable':
      return href('cables', [f.name]);
    case 'rack':
      return href('floor', ['rack', f.name]);
    case 'bill':
      return href('bill', [], { q: f.name });
    default:
      return href('requirements');
  }
}

export function Search({ onClose }: { onClose: () => void }) {
  const [q, setQ] = useState('');
  const [at, setAt] = useState(0);
  const found = useAnswer((s) => (q.trim() ? api.get<{ rows: Found[] }>('search', { q: q.trim(), limit: 30 }, s) : Promise.resolve({ rows: [] })), [q]);
  const rows = found.value?.rows ?? [];
  const open = (f: Found | undefined) => {
    if (!f) return;
    onClose();
    location.hash = target(f);
  };
  return (
    <Dialog title="Search" onClose={onClose}>
      <input
        class="big"
        role="combobox"
        aria-expanded={rows.length > 0}
        aria-controls="found"
        aria-activedescendant={rows[at] ? `found-${at}` : undefined}
        aria-label="A device, rack, cable label, part or diagnostic"
        placeholder="A device, rack, cable label, part or diagnostic"
        value={q}
        autofocus
        onInput={(e) => {
          setQ(e.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={(e) => {
          if (e.key === 'ArrowDown') setAt(Math.min(rows.length - 1, at + 1));
          else if (e.key === 'ArrowUp') setAt(Math.max(0, at - 1));
          else if (e.key === 'Enter') open(rows[at]);
          else return;
          e.preventDefault();
        }}
      />
      <ul class="found" id="found" role="listbox" aria-label="What was found">
        {rows.map((f, i) => (
          <li key={`${f.kind}${f.name}`} id={`found-${i}`} role="option" aria-selected={i === at} onClick={() => open(f)} onPointerEnter={() => setAt(i)}>
            <span class="chip">{f.kind}</span> <b>{f.name}</b> <span class="muted">{f.detail}</span>
          </li>
        ))}
      </ul>
      {q.trim() && !found.busy && !rows.length && <p class="muted">Nothing has that in its name.</p>}
      {!q.trim() && (
        <p class="muted">
          Everything found is a link: copy the address of the page to share it. <button onClick={() => (onClose(), go('requirements'))}>Requirements</button>
        </p>
      )}
    </Dialog>
  );
}
