import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

class PortBody {
  @ApiProperty() code!: string;
  @ApiProperty() name!: string;
  @ApiProperty({ enum: ['air', 'land', 'sea'] }) mode!: string;
  @ApiProperty() verified!: boolean;
}

class OfficeBody {
  @ApiProperty() code!: string;
  @ApiProperty() name!: string;
  @ApiProperty({ type: [String] }) states!: string[];
}

class CountryBody {
  @ApiProperty() code!: string;
  @ApiProperty() name!: string;
}

class ClassBody {
  @ApiProperty() code!: string;
  @ApiProperty({ description: 'Outside the programme.' }) excluded!: boolean;
}

class CriterionBody {
  @ApiProperty() slug!: string;
  @ApiProperty() title!: string;
}

export class PortsBody {
  @ApiProperty({ type: [PortBody] }) items!: PortBody[];
}

export class OfficesBody {
  @ApiProperty({ type: [OfficeBody] }) items!: OfficeBody[];
  @ApiPropertyOptional({ description: 'Of the list as a whole.' }) verified?: boolean;
}

export class CountriesBody {
  @ApiProperty({ type: [CountryBody] }) items!: CountryBody[];
}

export class ClassesBody {
  @ApiProperty({ type: [ClassBody] }) items!: ClassBody[];
}

export class CriteriaBody {
  @ApiProperty({ type: [CriterionBody] }) items!: CriterionBody[];
  @ApiPropertyOptional({ description: 'Of the list as a whole.' }) verified?: boolean;
}
