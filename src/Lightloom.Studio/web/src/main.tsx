import { render } from 'preact';
import { App } from './app';
import { boot } from './store';
import './ui/theme';
import './style/base.css';
import './style/requirements.css';
import './style/views.css';

render(<App />, document.getElementById('app')!);
void boot();
