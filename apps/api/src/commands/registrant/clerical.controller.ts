import { Body, Controller, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { type Issue, registrantCommandClasses as commands } from '#libs/command-handling';
import { CommandRoute } from '../command-route.js';
import { Issued } from '../issued.js';
import { plain } from '../plain.js';
import { CorrectRecordDto, RescindRecordDto } from './clerical.dto.js';
import { IssueRegistrantCommand } from './issue-registrant-command.js';

/** Slips of the record, which is never edited. */
@ApiTags('registrant commands')
@Controller('api/commands')
export class ClericalController {
  constructor(private readonly commands: IssueRegistrantCommand) {}

  @CommandRoute('correct-record', 'officer')
  correctRecord(
    @Body() body: CorrectRecordDto,
    @Issued() issue: Issue,
    @Res({ passthrough: true }) response: Response,
  ) {
    return this.commands.issue(new commands.CorrectRecord(plain(body), issue), response);
  }

  @CommandRoute('rescind-record', 'officer')
  rescindRecord(
    @Body() body: RescindRecordDto,
    @Issued() issue: Issue,
    @Res({ passthrough: true }) response: Response,
  ) {
    return this.commands.issue(new commands.RescindRecord(plain(body), issue), response);
  }
}
