import { headerNameProblem, hostProblem, httpMethodProblem } from '../../src/values/http';

test.each(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT'])('takes the method %s', (method) => {
  expect(httpMethodProblem(method)).toBeUndefined();
});

test.each([
  ['get', 'Write \'GET\'.'],
  [' Post', 'Write \'POST\'.'],
  ['GET|HEAD', 'Use one of them; for several write several rules.'],
  ['FETCH', 'Use one of them; for several write several rules.'],
  ['', 'Use one of them; for several write several rules.'],
])('refuses the method %p', (method, mend) => {
  expect(httpMethodProblem(method)?.mend).toBe(mend);
});

test.each(['X-Request-Id', 'host', 'x_a', '!#$%&\'*+-.^_`|~1'])('takes the header %p', (name) => {
  expect(headerNameProblem(name)).toBeUndefined();
});

test.each([
  ['X-A: b', 'Write \'X-A\'.'],
  ['X A', 'Write \'X-A\'.'],
  [':authority', 'Write it like X-Request-Id.'],
  ['é', 'Write it like X-Request-Id.'],
  ['', 'Write it like X-Request-Id.'],
])('refuses the header %p', (name, mend) => {
  expect(headerNameProblem(name)?.mend).toBe(mend);
});

test.each(['localhost', 'api.example.com', '10.0.0.1', `${'a'.repeat(63)}.io`])('takes the host %p', (host) => {
  expect(hostProblem(host)).toBeUndefined();
});

test.each([
  ['API.example.com', 'Write \'api.example.com\'.'],
  ['api.example.com:8080', 'Write \'api.example.com\'.'],
  ['https://api.example.com/v1', 'Write \'api.example.com\'.'],
  ['api.example.com.', 'Write \'api.example.com\'.'],
  ['*.example.com', 'Write one rule for each host.'],
  ['api.münchen.de', 'Write \'api.xn--mnchen-3ya.de\'.'],
  ['ü ü', 'Write it like api.example.com.'],
  ['a_b.io', 'Write it like api.example.com.'],
  [`${'a'.repeat(64)}.io`, 'Write it like api.example.com.'],
  ['', 'Write it like api.example.com.'],
])('refuses the host %p', (host, mend) => {
  expect(hostProblem(host)?.mend).toBe(mend);
});
