import * as fc from 'fast-check';
import { coversPattern } from '../../src/reach/covers-pattern';
import { coversRequest, textOfRequest } from '../../src/reach/covers-request';
import { re2FullMatch } from '../../src/values/re2';

describe('a request is covered by', () => {
  test.each([
    ['GET /v1', 'GET /v1'],
    ['any method /v1', 'GET /v1'],
    ['any method /v1', 'GET /v1 host api'],
    ['GET|HEAD /v1', 'GET /v1'],
    ['GET any path', 'GET /v1/.*'],
    ['GET /v1/.*', 'GET /v1/models'],
    ['GET /v1/.*', 'GET /v1/models/.*'],
    ['GET /v1/.*', 'GET /v1/models.json'],
    ['GET /v1/.*', 'GET /v1/a|/v1/b'],
    ['GET /a|/b', 'GET /a'],
    ['GET /v1/', 'GET ^/v1/$'],
    ['GET /v1([/?].*)?', 'GET /v1/models([/?].*)?'],
    ['GET /v1([/?].*)?', 'GET /v1(\\?.*)?'],
    ['GET /v1', 'GET /v1 header X-Team: red'],
    ['GET /v1 header X-Team', 'GET /v1 header x-team: red'],
    ['GET /v1 header A header B: 2', 'GET /v1 header B: 2 header A: 1'],
    ['GET /.*', 'GET /v1 and GET /v1/.*'],
    ['dns *.example.com', 'dns api.example.com'],
    ['dns *.example.com', 'dns api-*.example.com'],
    ['dns *', 'dns **.example.com'],
    ['sni **.example.com', 'sni API.example.com'],
  ])('%s: %s', (wide, narrow) => {
    expect(coversRequest(wide, narrow)).toBe(true);
  });

  test.each([
    ['GET /v1', 'GET /v1/.*'],
    ['GET /v1/.*', 'GET /v1'],
    ['GET /v1/.*', 'GET /v1.*'],
    ['GET /v1', 'GET|HEAD /v1'],
    ['GET /v1', 'any method /v1'],
    ['GET /v1', 'GET any path'],
    ['GET /v1([/?].*)?', 'GET /v10'],
    ['GET /v1([/?].*)?', 'GET /v10([/?].*)?'],
    ['GET /ab.*', 'GET /ab*'],
    ['GET /a.*', 'GET /a|/b'],
    ['GET /a.*', 'GET (/a|/b)'],
    ['GET /a.b', 'GET /a.b/c'],
    ['GET *|.*', 'GET /a'],
    ['GET /v1 host api', 'GET /v1'],
    ['GET /v1 header X-Team: red', 'GET /v1'],
    ['GET /v1 header X-Team: red', 'GET /v1 header X-Team'],
    ['GET /v1 header X-Team: red', 'GET /v1 header X-Team: blue'],
    ['GET /v1 header X-Team: a', 'GET /v1 header X-Team: a and b'],
    ['GET /v1 and POST /v1', 'GET /v1'],
    ['any method any path', 'kafka topic=orders'],
    ['any method any path', 'sni api.example.com'],
    ['any method api', 'sni api'],
    ['any method any path', 'the parser r2d2'],
    ['dns *.example.com', 'dns a.b.example.com'],
    ['dns *.example.com', 'dns **.example.com'],
    ['dns api.example.com', 'dns *.example.com'],
    ['dns api.example.com', 'sni api.example.com'],
  ])('not by %s: %s', (wide, narrow) => {
    expect(coversRequest(wide, narrow)).toBe(false);
  });

  test('itself, as it is asked about, with nothing of its path or host for a wildcard', () => {
    const text = textOfRequest({ http: { method: 'GET', path: '/a.b', host: 'api.x', headers: { 'X-Team': 'red' } } });
    expect(text).toBe('GET /a\\.b host api\\.x header X-Team: red');
    expect(coversRequest(text, 'GET /a\\.b host api\\.x header x-team: red header other')).toBe(true);
    expect(coversRequest(text, 'GET /a.b host api\\.x header X-Team: red')).toBe(false);
    expect(textOfRequest({ http: { host: 'api', headers: { 'X-Team': '' } } })).toBe('any method any path host api');
    expect(textOfRequest({ sni: 'a.x', dns: 'b.x' })).toBe('sni a.x and dns b.x');
  });
});

test('a pattern that is covered matches nothing that the other does not', () => {
  const part = fc.constantFrom('a', 'b', '/', '.', '.*', '?', '*', '\\.', '\\?', '(/.*)?', '([/?].*)?', '|', '[ab]', '(a|b)', '^', '$', '+');
  const pattern = fc.array(part, { minLength: 1, maxLength: 5 }).map(parts => parts.join(''));
  const text = fc.array(fc.constantFrom('a', 'b', '/', '.', '?'), { maxLength: 5 }).map(letters => letters.join(''));
  fc.assert(fc.property(pattern, pattern, fc.array(text, { minLength: 20, maxLength: 20 }), (wide, narrow, texts) => {
    if (!coversPattern(wide, narrow)) return;
    expect(texts.filter(one => re2FullMatch(narrow, one) && !re2FullMatch(wide, one))).toEqual([]);
  }), { numRuns: 2000 });
});
