import { platformApp } from './app';

platformApp().synth();
