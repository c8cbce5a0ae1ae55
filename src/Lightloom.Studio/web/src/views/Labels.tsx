import { useState } from 'preact/hooks';
import { api, address } from '../api';
import { count, metres } from '../format';
import { go, href, route } from '../router';
import { designKey } from '../store';
import { Heads, Refusal, useAnswer } from '../ui/parts';

interface Label {
  cable: string;
  leg: number;
  here: string;
  there: string;
  product: string;
  length_m: number;
}

/** The labels of one rack's cable ends, and the sheet by which they are pulled; both print. */
export function Labels({ rack }: { rack?: string }) {
  const [as, setAs] = useState<'sheet' | 'labels'>('sheet');
  const found = useAnswer((s) => (rack ? api.get<{ rack: string; rows: Label[] }>('labels', { rack }, s) : Promise.resolve({ rack: '', rows: [] })), [rack, designKey.value]);
  const rows = found.value?.rows ?? [];
  return (
    <>
      <div class="bar">
        <h1>
          {as === 'sheet' ? 'Pull sheet' : 'Labels'}
          {rack ? ` of rack ${rack}` : ''}
        </h1>
        <form
          class="row"
          onSubmit={(e) => {
            e.preventDefault();
            go('cables', ['labels'], { rack: (e.currentTarget.elements.namedItem('rack') as HTMLInputElement).value.trim() });
          }}
        >
          <label class="row">
            <span class="muted">Rack</span>
            <input name="rack" value={rack ?? ''} placeholder="A01-01" key={rack} />
          </label>
          <button type="submit">Show</button>
        </form>
        <div class="group" role="group" aria-label="What is shown">
          <button aria-pressed={as === 'sheet'} onClick={() => setAs('sheet')}>
            Pull sheet
          </button>
          <button aria-pressed={as === 'labels'} onClick={() => setAs('labels')}>
            Labels
          </button>
        </div>
        <span class="muted num">{rack ? `${count(rows.length)} cable ends` : ''}</span>
        <span class="spring" />
        {rack && (
          <a class="button" href={address('labels', { rack, format: 'csv' })} download={`labels-${rack}.csv`}>
            CSV
          </a>
        )}
        <button class="primary" onClick={() => print()} disabled={!rows.length}>
          Print
        </button>
        <a class="button" href={href('cables', [], { ...route.value.query })}>
          Back to the cables
        </a>
      </div>
      <div class="scroll pad" tabIndex={0} role="region" aria-label="Labels">
        {found.error && <Refusal error={found.error} />}
        {!rack && <p class="muted">Name a rack, or open one on the floor.</p>}
        {as === 'labels' ? (
          <div class="labels">
            {rows.map((r) => (
              <div class="label" key={`${r.cable}.${r.leg}.${r.here}`}>
                <b>{r.cable}</b>
                <div>{r.here}</div>
                <div>to {r.there}</div>
                <span class="muted">
                  {r.product}, {metres(r.length_m)}
                </span>
              </div>
            ))}
          </div>
        ) : (
          rows.length > 0 && (
            <table class="plain">
              <caption class="sr">Cables of rack {rack}</caption>
              <Heads of={['Cable', 'This end', 'Other end', 'Product', { right: 'Length' }, 'Pulled']} />
              <tbody>
                {rows.map((r) => (
                  <tr key={`${r.cable}.${r.leg}.${r.here}`}>
                    <td class="whole">
                      <a href={href('cables', [r.cable])}>{r.cable}</a>
                    </td>
                    <td class="mono">{r.here}</td>
                    <td class="mono">{r.there}</td>
                    <td>{r.product}</td>
                    <td class="r">{metres(r.length_m)}</td>
                    <td>☐</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )
        )}
      </div>
    </>
  );
}
