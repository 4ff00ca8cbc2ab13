package pricefile

import _ "embed"

// Schema describes a file of this Version: JSON Schema 2020-12.
//
//go:embed schema.json
var Schema []byte

// AnswerSchema describes an Answer of this Version: JSON Schema 2020-12.
//
//go:embed answer.json
var AnswerSchema []byte
