package main

// shopCommands look after shops.
type shopCommands struct {
	Create  shopCreate  `cmd:"" help:"Open a shop for somebody."`
	List    shopList    `cmd:"" help:"List shops."`
	Show    shopShow    `cmd:"" help:"Show one shop."`
	Mode    shopMode    `cmd:"" help:"Set production, maintenance1 or maintenance2."`
	Suspend shopSuspend `cmd:"" help:"Shut a shop, or open it again with --undo. Its data stay untouched."`
}
