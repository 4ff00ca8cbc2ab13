package demo

import (
	"context"
	"fmt"
	"io"
	"text/tabwriter"
	"time"

	"echoppe.dev/cmd/internal/wire"
	"echoppe.dev/platform/driver/authz"
	"echoppe.dev/platform/fleet/account"
	"echoppe.dev/platform/kit/i18n"
)

// The demo's people.
const (
	merchantMail = "marchande@example.com"
	operatorMail = "operator@example.com"
)

// linkLasts is how long a printed sign-in link works; it works once.
const linkLasts = 12 * time.Hour

// Welcome says where everything is, with one-click ways in. metrics is where the process tells what it
// counts, "" for nowhere.
func Welcome(ctx context.Context, w io.Writer, app *wire.App, metrics string) error {
	owner, err := app.Accounts.Ensure(ctx, merchantMail, i18n.French)
	if err != nil {
		return err
	}
	chief, err := app.Accounts.Appoint(ctx, operatorMail, i18n.French, authz.Operator)
	if err != nil {
		return err
	}
	office, err := app.Accounts.MakeLink(ctx, owner.ID, account.Enter, linkLasts)
	if err != nil {
		return err
	}
	console, err := app.Accounts.MakeLink(ctx, chief.ID, account.Enter, linkLasts)
	if err != nil {
		return err
	}
	where := app.Out.Sites
	fmt.Fprintf(w, "\nÉchoppe is ready.\n\n")
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	lines := [][2]string{
		{"Sign up", where.Platform() + "/"},
		{"Demo shop", where.Platform() + "/" + FirstShop + ".shop/"},
		{"", where.Desk(FirstShop) + "/"},
		{"Reseller", where.Platform() + "/" + resellerShop + ".shop/account/sign-in"},
		{"Back office", where.Office() + account.LinkPath + office},
		{"Console", where.Console() + account.LinkPath + console},
		{"Mailbox", where.Desk(mailLabel) + "/"},
		{"Bank", where.Desk(bankLabel) + "/"},
	}
	if metrics != "" {
		lines = append(lines, [2]string{"Metrics", "http://" + metrics + "/metrics"})
	}
	for _, line := range lines {
		fmt.Fprintf(t, "  %s\t%s\n", line[0], line[1])
	}
	if err := t.Flush(); err != nil {
		return err
	}
	_, err = fmt.Fprintf(w, "\nA reseller signs in to the publisher's shop as %s with the password “%s”.\nThe two links sign in once and work for %d hours. At the first start the demo shops fill in the background,\nwhich takes from one minute to a few. Ctrl-C stops everything.\n",
		resellerMail, resellerPassword, int(linkLasts.Hours()))
	return err
}
