import 'cdk8s-guardrails/jest';
import { platformApp } from '../app';

const app = platformApp();

test('the shop reads from its API, and changes nothing there', () => {
  expect(app).toAllow({ from: 'shop/web', to: 'shop/api', port: 8080, http: { method: 'GET', path: '/v1/items?page=2' } });
  expect(app).toDeny({ from: 'shop/web', to: 'shop/api', port: 8080, http: { method: 'POST', path: '/v1/items' } });
});

test('the stock is asked by the API alone', () => {
  expect(app).toReachOnly({ to: 'shop/stock', from: { 'shop/api': 8080 } });
});

test('nothing of the shop talks to the internet, and nobody comes in from there', () => {
  expect(app).toDeny({ from: 'shop/*', to: 'world', port: 443 });
  expect(app).toDeny({ from: 'world', to: 'shop/*', port: 8080 });
});
