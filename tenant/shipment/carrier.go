package shipment

// Carrier is a carrier whose tracking pages are known.
type Carrier struct {
	Code   string // stable, for forms
	Name   string
	before string // the address of its page, up to the number
}

// Carriers lists the carriers by name. The addresses are those of their public tracking pages.
func Carriers() []Carrier {
	return []Carrier{
		{"chronopost", "Chronopost", "https://www.chronopost.fr/tracking-no-cms/suivi-page?listeNumerosLT="},
		{"colissimo", "Colissimo (La Poste)", "https://www.laposte.fr/outils/suivre-vos-envois?code="},
		{"colisprive", "Colis Privé", "https://colisprive.com/moncolis/pages/detailColis.aspx?numColis="},
		{"correos", "Correos", "https://www.correos.es/es/es/herramientas/localizador/envios/detalle?tracking-number="},
		{"dhl", "DHL", "https://www.dhl.com/en/express/tracking.html?AWB="},
		{"dhl_de", "DHL Paket (DE)", "https://www.dhl.de/de/privatkunden/dhl-sendungsverfolgung.html?piececode="},
		{"dpd", "DPD", "https://tracking.dpd.de/status/en_US/parcel/"},
		{"dpd_fr", "DPD France", "https://trace.dpd.fr/fr/trace/"},
		{"fedex", "FedEx", "https://www.fedex.com/fedextrack/?trknbr="},
		{"gls", "GLS", "https://gls-group.com/track/"},
		{"hermes", "Hermes (DE)", "https://www.myhermes.de/empfangen/sendungsverfolgung/sendungsinformation#"},
		{"laposte", "La Poste (lettre suivie)", "https://www.laposte.fr/outils/suivre-vos-envois?code="},
		{"mondialrelay", "Mondial Relay", "https://www.mondialrelay.fr/suivi-de-colis/?numeroExpedition="},
		{"postnl", "PostNL", "https://jouw.postnl.nl/track-and-trace/"},
		{"royalmail", "Royal Mail", "https://www.royalmail.com/track-your-item#/tracking-results/"},
		{"seur", "SEUR", "https://www.seur.com/livetracking/?segOnlineIdentificador="},
		{"ups", "UPS", "https://www.ups.com/track?tracknum="},
	}
}

// FindCarrier is the carrier of that code; false for any other text.
func FindCarrier(code string) (Carrier, bool) {
	for _, c := range Carriers() {
		if c.Code == code {
			return c, true
		}
	}
	return Carrier{}, false
}
