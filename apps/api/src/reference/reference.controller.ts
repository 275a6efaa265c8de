import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  classesOfAdmission,
  countries,
  criteria,
  isExcludedClass,
  offices,
  ports,
} from '#libs/reference';
import { AnyRole } from '#libs/web';
import {
  ClassesBody,
  CountriesBody,
  CriteriaBody,
  OfficesBody,
  PortsBody,
} from './reference.dto.js';

/** Codes and what they stand for; what could not be verified says so. */
@ApiTags('reference')
@Controller('api/reference')
@AnyRole()
export class ReferenceController {
  @Get('ports')
  @ApiOperation({ summary: 'Ports of entry; those not verified are a plausible reconstruction' })
  @ApiOkResponse({ type: PortsBody })
  ports() {
    return { items: ports };
  }

  @Get('offices')
  @ApiOperation({ summary: 'District offices; which states belong to which is an assumption' })
  @ApiOkResponse({ type: OfficesBody })
  offices() {
    return { items: offices, verified: false };
  }

  @Get('countries')
  @ApiOperation({ summary: 'Countries by ISO 3166-1 alpha-2' })
  @ApiOkResponse({ type: CountriesBody })
  countries() {
    return { items: Object.entries(countries).map(([code, name]) => ({ code, name })) };
  }

  @Get('classes')
  @ApiOperation({ summary: 'Classes of admission' })
  @ApiOkResponse({ type: ClassesBody })
  classes() {
    const items = classesOfAdmission.map((code) => ({ code, excluded: isExcludedClass(code) }));
    return { items };
  }

  @Get('criteria')
  @ApiOperation({ summary: 'Criteria of discretion; their wording is not verified' })
  @ApiOkResponse({ type: CriteriaBody })
  criteria() {
    return { items: criteria, verified: false };
  }
}
