package catalog

import "github.com/shopspring/decimal"

// BaseMeasure is what goods are compared by: a price is told for one of it beside the price of the article
// (Directive 98/6/EC, art. 3; in France: arrêté du 16 novembre 1999).
type BaseMeasure string

// The measures.
const (
	NoMeasure   BaseMeasure = ""
	Kilogram    BaseMeasure = "kg"
	Litre       BaseMeasure = "l"
	Metre       BaseMeasure = "m"
	SquareMetre BaseMeasure = "m2"
	Piece       BaseMeasure = "piece"
)

// Measures are all of them, the empty one first.
var Measures = []BaseMeasure{NoMeasure, Kilogram, Litre, Metre, SquareMetre, Piece}

// contentPlaces are the decimals of a content: a millilitre is 0.001 l.
const contentPlaces = 4

// maxContent is what the column holds.
var maxContent = decimal.New(1, 10)
