import { Body, Controller, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { type Issue, registrantCommandClasses as commands } from '#libs/command-handling';
import { CommandRoute } from '../command-route.js';
import { Issued } from '../issued.js';
import { plain } from '../plain.js';
import {
  RecordStatusChangeDto,
  RecordUnreportedChangeDto,
  ReportChangeDto,
} from './changes.dto.js';
import { IssueRegistrantCommand } from './issue-registrant-command.js';
import { CompleteNoticeInterviewDto, ServeIndividualNoticeDto } from './notices.dto.js';

/** What changed in the circumstances of a registrant, and whom a notice called. */
@ApiTags('registrant commands')
@Controller('api/commands')
export class ChangesController {
  constructor(private readonly commands: IssueRegistrantCommand) {}

  @CommandRoute('report-change', 'officer')
  reportChange(
    @Body() body: ReportChangeDto,
    @Issued() issue: Issue,
    @Res({ passthrough: true }) response: Response,
  ) {
    return this.commands.issue(new commands.ReportChange(plain(body), issue), response);
  }

  @CommandRoute('record-unreported-change', 'officer')
  recordUnreportedChange(
    @Body() body: RecordUnreportedChangeDto,
    @Issued() issue: Issue,
    @Res({ passthrough: true }) response: Response,
  ) {
    return this.commands.issue(new commands.RecordUnreportedChange(plain(body), issue), response);
  }

  @CommandRoute('record-status-change', 'officer')
  recordStatusChange(
    @Body() body: RecordStatusChangeDto,
    @Issued() issue: Issue,
    @Res({ passthrough: true }) response: Response,
  ) {
    return this.commands.issue(new commands.RecordStatusChange(plain(body), issue), response);
  }

  @CommandRoute('serve-individual-notice', 'officer')
  serveIndividualNotice(
    @Body() body: ServeIndividualNoticeDto,
    @Issued() issue: Issue,
    @Res({ passthrough: true }) response: Response,
  ) {
    return this.commands.issue(new commands.ServeIndividualNotice(plain(body), issue), response);
  }

  @CommandRoute('complete-notice-interview', 'officer')
  completeNoticeInterview(
    @Body() body: CompleteNoticeInterviewDto,
    @Issued() issue: Issue,
    @Res({ passthrough: true }) response: Response,
  ) {
    return this.commands.issue(new commands.CompleteNoticeInterview(plain(body), issue), response);
  }
}
