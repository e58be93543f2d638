import { existsSync, readFileSync } from 'node:fs';
import { ALLOW, Folder, guardrails, TENANTS, WORLD } from './support';
import * as writeFlowTable from '../../src/reach/write-flow-table';

const folder = new Folder();
const closed = folder.put('closed.yaml', TENANTS);
const open = folder.put('open.yaml', TENANTS + ALLOW);
const exposed = folder.put('exposed.yaml', TENANTS + ALLOW + WORLD);
let count = 0;
const spec = (...rows: string[]) => folder.put(`flows-${count++}.yaml`, rows.join('\n'));
const flows = (...rows: string[]) => spec('flows:', ...rows.map(row => `  - ${row}`));
const only = (...rows: string[]) => spec('nothingElse: true', 'flows:', ...rows.map(row => `  - ${row}`));

describe('guardrails test', () => {
  test('passes for flows that hold and fails for others, with the policies that stand in the way', async () => {
    const table = flows('{ from: shop/web, to: bank/api, port: http }');
    expect(await guardrails('test', open, '--spec', table)).toMatchObject({ code: 0, stderr: '1 passed, 0 failed\n' });
    const { code, stdout } = await guardrails('test', closed, '--spec', table);
    expect(code).toBe(1);
    expect(stdout).toContain('NetworkPolicy shop/default-deny isolates shop/web[Deployment]');
  });

  test.each([
    ['{ from: shop/web, to: bank/api, port: 8080/tcp }', 0],
    ['{ from: shop/web, to: bank/api, port: 8081 }', 1],
    ['{ from: shop/web, to: bank/api, port: any }', 1],
    ['{ from: shop/web, to: bank/api, port: 8000-8100 }', 1],
    ['{ from: shop/web, to: bank/api, port: udp, expect: denied }', 0],
    ['{ from: shop/web, to: bank/api, port: 8000-8100, expect: denied }', 1],
    ['{ from: bank/*, to: shop/*, port: any, expect: denied }', 0],
    ['{ from: shop/app=web, to: "bank/api[Deployment]", port: 8080 }', 0],
    ['{ from: shop/web, to: world, port: 443, expect: denied }', 0],
    ['{ from: shop/web, to: bank/api, port: 8080, http: { method: GET, path: /v1 } }', 0],
  ])('%s', async (row, code) => {
    expect((await guardrails('test', open, '--spec', flows(row))).code).toBe(code);
  });

  test('finds what no row allows when nothing else may pass', async () => {
    const row = '{ from: shop/web, to: bank/api, port: 8080 }';
    expect(await guardrails('test', open, '--spec', only(row))).toMatchObject({ code: 0 });
    expect(await guardrails('test', exposed, '--spec', only(row, '{ from: world, to: bank/api, port: 443 }'))).toMatchObject({ code: 0 });
    const { code, stdout } = await guardrails('test', exposed, '--spec', only(row));
    expect(code).toBe(1);
    expect(stdout).toContain('more passes on 443/TCP than the rows allow');
  });

  test('writes the table that holds now, which then holds, and never over a file', async () => {
    const table = folder.at('init.yaml');
    expect(await guardrails('test', exposed, '--init', '--spec', table)).toMatchObject({ code: 0, stdout: '' });
    expect(readFileSync(table, 'utf8')).toContain('{from: shop/web, to: bank/api, port: 8080/tcp, expect: allowed}');
    expect(await guardrails('test', exposed, '--spec', table)).toMatchObject({ code: 0 });
    expect((await guardrails('test', closed, '--spec', table)).code).toBe(1);
    expect(await guardrails('test', open, '--init', '--spec', table)).toMatchObject({ code: 2 });
  });

  test('writes no table of more rows than anybody keeps', async () => {
    const rows = jest.spyOn(writeFlowTable, 'flowRowsOf').mockImplementation(function* () {
      for (;;) yield { from: 'shop/web', to: 'bank/api', port: '8080/tcp', expect: 'allowed' };
    });
    const table = folder.at('endless.yaml');
    expect(await guardrails('test', exposed, '--init', '--spec', table))
      .toMatchObject({ code: 2, stderr: expect.stringContaining('the table would have more than 200000 rows; name the files of fewer workloads') as string });
    expect(existsSync(table)).toBe(false);
    rows.mockRestore();
  });

  describe('requests', () => {
    const limited = (...paths: string[]) => TENANTS + WORLD.replace('protocol: TCP }]',
      `protocol: TCP }], rules: { http: [${paths.map(path => `{ method: GET, path: "${path}" }`).join(', ')}] }`);
    const some = folder.put('some.yaml', limited('/v1'));
    const more = folder.put('more.yaml', limited('/v1', '/v2'));
    const all = folder.put('all.yaml', TENANTS + WORLD);
    const table = folder.at('requests.yaml');

    test('are in the table that holds now, which fails when more of them pass, or any', async () => {
      expect(await guardrails('test', some, '--init', '--spec', table)).toMatchObject({ code: 0 });
      expect(readFileSync(table, 'utf8')).toContain('{from: world, to: bank/api, port: 443/tcp, only: [GET /v1], expect: allowed}');
      expect(await guardrails('test', some, '--spec', table)).toMatchObject({ code: 0 });
      const wider = await guardrails('test', more, '--spec', table);
      expect(wider.code).toBe(1);
      expect(wider.stdout).toMatch(/443\/TCP passes for GET \/v1, GET \/v2/);
      const open443 = await guardrails('test', all, '--spec', table);
      expect(open443.code).toBe(1);
      expect(open443.stdout).toContain('443/TCP passes for any request');
      expect(open443.stdout).toContain('more passes on 443/TCP than the rows allow');
      expect((await guardrails('test', folder.put('none.yaml', TENANTS), '--spec', table)).code).toBe(1);
    });

    test.each([
      ['{ from: world, to: bank/api, port: 443, only: [GET /v2, GET /v1] }', more, 0],
      ['{ from: world, to: bank/api, port: 443, only: [GET /v1] }', more, 1],
      ['{ from: world, to: bank/api, port: 443 }', more, 0],
      ['{ from: world, to: bank/api, port: 443, http: { method: GET, path: /v1 } }', some, 0],
      ['{ from: world, to: bank/api, port: 443, http: { method: GET, path: /v1 } }', all, 1],
      ['{ from: world, to: bank/api, port: 443 }', all, 0],
    ])('with nothing else than %s', async (row, path, code) => {
      expect((await guardrails('test', path, '--spec', only(row))).code).toBe(code);
    });

    test.each([
      ['{ from: world, to: bank/api, port: 443, only: GET /v1 }', /flows\[0\]: only.*a list of requests/],
      ['{ from: world, to: bank/api, port: 443, only: [] }', /a list of requests/],
      ['{ from: world, to: bank/api, port: 443, only: [GET /v1], expect: denied }', /expect it to be allowed/],
    ])('%s is refused', async (row, message) => {
      const { code, stderr } = await guardrails('test', some, '--spec', flows(row));
      expect(code).toBe(2);
      expect(stderr).toMatch(message);
    });
  });

  test('a Service is its backends on the port that they listen on', async () => {
    const service = folder.put('service.yaml', `${TENANTS}${ALLOW}---
apiVersion: v1
kind: Service
metadata: { name: api, namespace: bank }
spec: { selector: { app: api }, ports: [{ name: web, port: 80, targetPort: http }] }
`);
    for (const port of ['80', '80/tcp', 'web']) {
      expect(await guardrails('test', service, '--spec', only(`{ from: shop/web, to: "bank/api[Service]", port: ${port} }`))).toMatchObject({ code: 0 });
    }
    expect(await guardrails('test', service, '--spec', flows('{ from: shop/web, to: "bank/api[Service]", port: 8080 }'))).toMatchObject({ code: 2 });
  });

  test('writes JUnit for CI servers', async () => {
    const { stdout } = await guardrails('test', closed, '--spec', flows('{ name: a < b, from: shop/web, to: bank/api, port: 8080 }'), '--format', 'junit');
    expect(stdout).toContain('<testsuites name="guardrails test" tests="1" failures="1">');
    expect(stdout).toContain('name="a &lt; b"');
  });

  test.each([
    ['{ from: shop/webb, to: bank/api, port: 8080 }', /flows-\d+\.yaml:2: flows\[0\]: place: given 'shop\/webb'.*Perhaps shop\/web/],
    ['{ from: shop/web, to: bank/appi, port: any }', /flows-\d+\.yaml:2: flows\[0\]: place: given 'bank\/appi'/],
    ['{ from: shop/web, to: bank/api, port: "*" }', /flows-\d+\.yaml:2: flows\[0\]: port: given "\*"; allowed: 8080,.*any for everything/],
    ['{ from: shop/web, to: bank/api, port: 80- }', /9090-9099\/tcp/],
    ['{ from: shop/web, to: bank/api, port: 70000 }', /flows\[0\]: port: given 70000/],
    ['{ from: shop/web, to: bank/api, port: 0 }', /flows\[0\]: port: given 0/],
    ['{ from: shop/web, port: 8080 }', /flows\[0\]: to/],
    ['{ from: shop/web, to: bank/api, port: 8080, protocol: TCP }', /flows\[0\]: protocol/],
    ['{ from: shop/web, to: bank/api, port: 8080, expect: yes }', /allowed, denied or depends/],
    ['{ from: shop/web, to: bank/api, port: grpc }', /names: http|http/],
    ['[', /flows-/],
    ['{ from: shop/web,\n      to: bank/api, port: 8080 }\n  - from: shop/web\n    to: bank/nobody\n    port: 80', /flows-\d+\.yaml:4: flows\[1\]: place: given 'bank\/nobody'/],
    ['{ from: shop/web, to: bank/api, port: 8080 }\n\n  # another\n  - from: shop/web\n    port: 80', /flows-\d+\.yaml:5: flows\[1\]: to/],
  ])('ends with 2 and says where for %s', async (row, hint) => {
    const { code, stdout, stderr } = await guardrails('test', open, '--spec', flows(row));
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(hint);
  });
});
