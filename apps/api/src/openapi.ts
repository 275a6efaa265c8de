import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { ProblemBody } from '#libs/web';
import { VERSION } from './version.js';

/** The API's description, as it is served, checked in and held against the code. */
export function openApiDocument(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Portbook')
    .setDescription(
      'An event-sourced registry of NSEERS, the US special registration of 2002-2011. A policy is an ' +
        'event like any other, so history can be replayed under other rules. All people are synthetic.',
    )
    .setVersion(VERSION)
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addBearerAuth()
    .build();
  return SwaggerModule.createDocument(app, config, { extraModels: [ProblemBody] });
}

/** Serves the description at /api/openapi.json and a reader for it at /docs, from this machine alone. */
export function serveOpenApi(app: INestApplication): void {
  SwaggerModule.setup('docs', app, () => openApiDocument(app), {
    jsonDocumentUrl: 'api/openapi.json',
    raw: ['json'],
    // Swagger UI would otherwise show a badge of a validator on the Internet.
    swaggerOptions: { validatorUrl: 'none' },
    customSiteTitle: 'Portbook API',
  });
}
