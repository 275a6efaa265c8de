import { Controller, Get, Header } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from '#libs/web';
import { RegistryDay } from '../registry-day.js';
import { VERSION } from '../version.js';
import { Readiness } from './readiness.js';

/** The page at `/`: what this is, how it stands, where to go. */
@ApiExcludeController()
@Controller()
@Public()
export class StatusPageController {
  constructor(
    private readonly readiness: Readiness,
    private readonly day: RegistryDay,
  ) {}

  @Get()
  @Header('Content-Type', 'text/html; charset=utf-8')
  @Header('Content-Security-Policy', "default-src 'none'; style-src 'unsafe-inline'")
  async page(): Promise<string> {
    const { isReady } = await this.readiness.look();
    const state = isReady ? `ready, on ${this.day.registryDay()}` : 'not ready yet';
    return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Portbook</title>
<style>body{font:1rem/1.5 system-ui,sans-serif;max-width:42rem;margin:3rem auto;padding:0 1rem}code{background:#eee;padding:.1em .3em}</style>
<h1>Portbook</h1>
<p>An event-sourced registry of NSEERS, the US special registration of 2002 to 2011, in which a policy is an
event like any other: history can be replayed under the rules that were, that were not, or that might have been.
<strong>All people in it are synthetic.</strong></p>
<p>Version ${VERSION}; ${state} (<a href="/health/ready">the parts</a>).</p>
<ul>
<li><a href="/docs">The API, to read and try</a> · <a href="/api/openapi.json">its description (OpenAPI 3.1)</a></li>
<li>A token for it: <code>npx --no portbook token officer</code></li>
<li>The command line: <code>npx --no portbook --help</code></li>
</ul>
</html>
`;
  }
}
