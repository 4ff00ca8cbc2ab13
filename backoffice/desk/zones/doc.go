// Package zones is how the office asks for and shows places: a table with a line for each country or part of
// one, typed as people write postcodes, read as package shipping keeps zones. Modes of delivery and payment
// and discounts have one each.
//
// Its words are those of package shipping ("shipping.zone."); label and help of the table are the form's.
package zones
