package banks

import (
	"maps"
	"slices"
)

// About is what a merchant who looks for his bank should know of a brand beside its row. Whoever adds a brand may add a line;
// without one it is of several countries, and wants a contract.
type About struct {
	Country  string // of the banks that sell it, ISO 3166-1 alpha-2; "" for several
	AllInOne bool   // an account is all it takes: no contract with a bank for selling at a distance (PGW-28)
	// Also are further names it is looked for by: former ones, and how people write it.
	Also  []string
	Ended string // the year from which it was no longer sold, "" where no source tells
}

var about = map[string]About{
	"paybox":        {Country: "FR", Also: []string{"Verifone e-commerce"}},
	"etransactions": {Country: "FR", Also: []string{"e-transactions", "CA"}},
	"systempay":     {Country: "FR", Also: []string{"BPCE", "Natixis Payments"}},
	"spplus":        {Country: "FR", Also: []string{"SP PLUS"}},
	"cyberplus":     {Country: "FR", Ended: "2011"},
	"cyberpaiement": {Country: "FR", Also: []string{"BPLC", "BPALC"}},
	"scellius":      {Country: "FR", Also: []string{"ScelliusNet"}},
	"sogecommerce":  {Country: "FR", Also: []string{"SG"}},
	"payzen":        {Country: "FR", Also: []string{"Lyra", "PayZen"}},
	"cybermut":      {Country: "FR", Also: []string{"CM-CIC p@iement", "Monetico"}},
	"cic":           {Country: "FR", Also: []string{"CM-CIC p@iement", "Crédit Mutuel"}},
	"obc":           {Country: "FR", Also: []string{"Neuflize"}},
	"caixanet":      {Country: "FR", Also: []string{"La Caixa"}},
	"payline":       {Country: "FR", Also: []string{"Experian", "Monext Online"}},
	"sogenactif":    {Country: "FR", Also: []string{"SG", "Worldline Sips", "Atos"}},
	"mercanet":      {Country: "FR", Also: []string{"BNP", "Worldline Sips", "Atos"}},
	// The group was merged into Société Générale in 2023, and the bank's systems with it.
	"webaffaires": {Country: "FR", Also: []string{"Webaffaires", "Crédit du Nord"}, Ended: "2023"},
	"bluepaid":    {Country: "FR"},
	"klikandpay":  {AllInOne: true, Also: []string{"Klik & Pay"}},
	"twocheckout": {AllInOne: true, Also: []string{"2CO", "Verifone"}},
	"paypal":      {AllInOne: true},
	"stripe":      {AllInOne: true, Also: []string{"Apple Pay", "Google Pay"}},
	"square":      {AllInOne: true, Also: []string{"Block"}},
	"amazonpay":   {AllInOne: true, Also: []string{"Amazon"}},
	"cyberpac":    {Country: "ES", Also: []string{"La Caixa"}},
	"redsys":      {Country: "ES", Also: []string{"Sermepa", "Santander", "BBVA", "Banco Sabadell", "Bankinter", "Unicaja", "Kutxabank", "Abanca", "Ibercaja"}},
}

// AboutBrand is what is known of the brand of that key.
func AboutBrand(key string) About { return about[key] }

// Described lists the brands something is said about.
func Described() []string { return slices.Sorted(maps.Keys(about)) }
