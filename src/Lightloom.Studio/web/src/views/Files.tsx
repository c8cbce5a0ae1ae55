import { api, address } from '../api';
import { plural } from '../format';
import { designKey } from '../store';
import { Refusal, useAnswer } from '../ui/parts';

const what: Record<string, string> = {
  'report.html': 'Everything on one page, to read and to print',
  'bom.xlsx': 'Bill of materials and cables as a workbook',
  'bom.csv': 'Bill of materials',
  'cables.csv': 'Every cable: ends, product, lengths, labels',
  'pieces.csv': 'Every piece of every cable',
  'channels.csv': 'Channels: what every cable consists of',
  'design.json': 'The design as data',
  'topology.svg': 'The networks as a picture',
  'floor.svg': 'The floor as a picture',
  'manifest.json': 'Names and hashes of these files',
  'cluster.yaml': 'The cluster file that all of this follows from',
};

export function Files() {
  const found = useAnswer((s) => api.get<{ rows: { name: string; kind?: string }[] }>('files', {}, s), [designKey.value]);
  const rows = found.value?.rows.filter((f) => f.kind !== 'archive') ?? [];
  return (
    <>
      <div class="bar">
        <h1>Files</h1>
        <span class="muted">{found.value ? plural(rows.length, 'file') : ''}, as lightloom design -o writes them</span>
        <span class="spring" />
        <a class="button" href={address('files/all.zip')} download="design.zip">
          All in one archive
        </a>
      </div>
      <div class="scroll pad" tabIndex={0} role="region" aria-label="Files">
        {found.error && <Refusal error={found.error} />}
        <div class="card">
          <table class="plain">
            <caption class="sr">Files of the design</caption>
            <thead>
              <tr>
                <th scope="col">File</th>
                <th scope="col">What it holds</th>
                <th scope="col">
                  <span class="sr">Download</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map((f) => (
                <tr key={f.name}>
                  <td class="mono">{f.name}</td>
                  <td>{what[f.name] ?? f.kind}</td>
                  <td class="r">
                    <a class="button" href={address(`files/${encodeURIComponent(f.name)}`)} download={f.name} aria-label={`Download ${f.name}`}>
                      Download
                    </a>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </div>
    </>
  );
}
