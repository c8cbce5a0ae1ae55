import { useRef } from 'preact/hooks';
import { api } from '../api';
import { go } from '../router';
import { edit, info, state } from '../store';
import { Refusal, toast, useAnswer } from '../ui/parts';

/** The largest file the page offers to the server, which has its own bound. */
const LARGEST = 8 << 20;

export async function openFile(file: File): Promise<void> {
  if (file.size > LARGEST) {
    toast(`${file.name} has ${(file.size / 1048576).toFixed(1)} MiB; a cluster file may have at most 8.`, 'bad');
    return;
  }
  await edit.open(await file.text());
  go('requirements');
}

/** What stands where there is no design yet: templates, and a file of one's own. */
export function Welcome() {
  const input = useRef<HTMLInputElement>(null);
  const templates = useAnswer(() => api.get<{ templates: { name: string; summary: string }[] }>('templates'), []);
  const empty = state.value?.phase === 'empty';
  return (
    <div
      class="scroll"
      onDragOver={(e) => e.preventDefault()}
      onDrop={(e) => {
        e.preventDefault();
        const file = e.dataTransfer?.files[0];
        if (file) void openFile(file);
      }}
    >
      <div class="welcome">
        <h1>{empty ? 'Design a cluster network' : 'Start again from a template'}</h1>
        <p class="lead">
          {empty
            ? 'Start from a template and change what differs, or open a cluster file that you have. '
            : 'The present text stays in the history and comes back with Undo. '}
          It is kept as {info.value?.file ?? 'cluster.yaml'} in {info.value?.folder}.
        </p>
        <p class="row">
          <button class="primary" onClick={() => input.current?.click()}>
            Open a file
          </button>
          <span class="muted">or drop it here</span>
          <input
            ref={input}
            type="file"
            accept=".yaml,.yml,text/yaml"
            class="sr"
            tabIndex={-1}
            aria-label="Cluster file"
            onChange={(e) => {
              const file = e.currentTarget.files?.[0];
              if (file) void openFile(file);
            }}
          />
        </p>
        <h2 style={{ margin: '18px 0 8px' }}>Templates</h2>
        {templates.error && <Refusal error={templates.error} again={templates.again} />}
        <div class="templates">
          {templates.value?.templates.map((t) => (
            <button
              key={t.name}
              onClick={async () => {
                await edit.begin(t.name);
                go('requirements');
              }}
            >
              <b>{t.name}</b>
              <span>{t.summary}</span>
            </button>
          ))}
        </div>
      </div>
    </div>
  );
}
