package orders

import (
	"embed"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/notify"
	"echoppe.dev/tenant/payment"
)

// Locales holds the words of the desk.
//
//go:embed locales/*.json
var Locales embed.FS

// Config is what the desk needs.
type Config struct {
	Desk  *checkout.Desk
	Post  *notify.Post
	Modes *payment.Modes
}

// Desk follows the orders of one shop at a time.
type Desk struct{ Config }

// New makes the desk.
func New(conf Config) *Desk { return &Desk{conf} }

// Routes writes the desk's lines into the table of contents.
func (d *Desk) Routes(r *web.Routes) {
	r.GET("/orders", d.list, web.Can("orders.view"))
	r.POST("/orders/print", d.choosePrint, web.Can("orders.view"))
	r.GET("/orders/print", d.printSelection, web.Can("orders.view"))
	r.GET("/orders/disputes", d.disputes, web.Can("orders.view"))
	r.GET("/orders/cards", d.cards, web.Can("orders.view"))
	r.GET("/orders/card.js", d.cardScript, web.Can("orders.view"))
	r.GET("/orders/waiting", d.waiting, web.Can("orders.view"))
	r.POST("/orders/waiting", d.askReady, web.Can("orders.note"))
	r.GET("/orders/request", d.askRequest, web.Can("orders.edit"))
	r.POST("/orders/request", d.request, web.Can("orders.edit"))
	r.GET("/orders/:order", d.show, web.Can("orders.view"))
	r.GET("/orders/:order/print", d.printOne, web.Can("orders.view"))
	r.GET("/orders/:order/evidence", d.evidence, web.Can("orders.view"))
	r.GET("/orders/:order/price.json", d.price, web.Can("orders.view"))
	r.POST("/orders/:order/note", d.note, web.Can("orders.note"))
	r.POST("/orders/:order/paid", d.markPaid, web.Can("orders.settle"))
	r.POST("/orders/:order/card/:payment/open", d.openCard, web.Can("orders.settle"))
	r.POST("/orders/:order/card/:payment/refused", d.refuseCard, web.Can("orders.settle"))
	r.GET("/orders/:order/ask", d.askEarly, web.Can("orders.note"))
	r.POST("/orders/:order/ask", d.askRest, web.Can("orders.note"))
	r.POST("/orders/:order/link", d.sendLink, web.Can("orders.note"))
	r.POST("/orders/:order/repeat/stop", d.stopRepeat, web.Can("orders.edit"))
	r.POST("/orders/:order/repeat/charge", d.collectNow, web.Can("orders.settle"))
	r.POST("/orders/:order/risk/release", d.release, web.Can("orders.release"))
	r.POST("/orders/:order/risk/mark", d.markFraud, web.Can("orders.release"))
	r.POST("/orders/:order/await", d.await, web.Can("orders.ship"))
	r.GET("/orders/:order/ship", d.askShip, web.Can("orders.ship"))
	r.POST("/orders/:order/ship", d.ship, web.Can("orders.ship"))
	r.GET("/orders/:order/parcels/:parcel", d.askCost, web.Can("orders.ship"))
	r.POST("/orders/:order/parcels/:parcel", d.cost, web.Can("orders.ship"))
	r.POST("/orders/:order/deliver", d.deliver, web.Can("orders.ship"))
	r.POST("/orders/:order/close", d.close, web.Can("orders.close"))
	r.GET("/orders/:order/cancel", d.askCancel, web.Can("orders.cancel"))
	r.POST("/orders/:order/cancel", d.cancel, web.Can("orders.cancel"))
	for _, b := range bankMoves {
		r.GET("/orders/:order/"+b.Name+"/:payment", d.askMove(b), web.Can(b.may))
		r.POST("/orders/:order/"+b.Name+"/:payment", d.move(b), web.Can(b.may))
	}
	r.POST("/orders/:order/mails/:mail", d.resend, web.Can("mails.resend"))
}

// permissions says which one lets somebody choose an event; the routes above ask for the same.
var permissions = map[string]string{
	"await": "orders.ship", "ship": "orders.ship", "deliver": "orders.ship", "close": "orders.close", "cancel": "orders.cancel",
}

var _ desk.Desk = (*Desk)(nil)
