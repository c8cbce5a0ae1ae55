import { signal } from '@preact/signals';
import type { ComponentType } from 'preact';

/** A view whose code is fetched when it is opened first. */
export function lazy(load: () => Promise<ComponentType>): ComponentType {
  const loaded = signal<ComponentType | null>(null);
  const error = signal('');
  let begun = false;
  return function Lazy() {
    if (!begun) {
      begun = true;
      load().then(
        (c) => (loaded.value = c),
        (e) => (error.value = String(e)),
      );
    }
    const View = loaded.value;
    return View ? <View /> : <div class="empty">{error.value || ''}</div>;
  };
}
