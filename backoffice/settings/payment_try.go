package shopsettings

import (
	"context"
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/backoffice/desk/sheet"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/settings"
)

// tryModel is the part of a mode's page where it is tried with a small payment (PAY-06).
type tryModel struct {
	Do     string       // where the button leads, "" for a mode that calls no bank, or is not saved yet
	Amount money.Amount // what is paid, in the shop's currency
	Test   bool
	Steps  []ui.Step // of the newest try; none before the first
	Here   string
}

// tried reads how the newest try of a mode went.
func (d *Desk) tried(c echo.Context, s sheet.Sheet, set *settings.Settings, g payment.Gateway, m payment.Mode) (tryModel, error) {
	if m.ID.IsZero() || g.Capabilities().Offline {
		return tryModel{}, nil
	}
	here := "settings/payment/" + m.ID.String()
	t := tryModel{Do: s.Visit.Href(here + "/try"), Here: s.Visit.Href(here), Amount: checkout.TrialAmount(set.Rules().Currency), Test: m.Test}
	var trial *checkout.ModeTrial
	err := s.Visit.Shop.Read(c.Request().Context(), func(tx tenant.Tx) (err error) {
		trial, err = d.Checkout.FindTrial(tx, m)
		return err
	})
	if trial != nil {
		t.Steps = trialSteps(s, g, d.notice(s.Visit.Shop, g, m), trial)
	}
	return t, err
}

// tryPayment begins a small payment with a mode. The page it is paid on is another site's, to which no form may lead: the mode's
// page has a link to it.
func (d *Desk) tryPayment(c echo.Context) error {
	v := desk.Here(c)
	mode, err := id.Parse[payment.Mode](c.Param("mode"))
	if err != nil {
		return err
	}
	here := "settings/payment/" + mode.String()
	who := checkout.Tester{Actor: v.Actor(), Name: v.Account.Title(), Email: v.Account.Email, Locale: v.View.Locale}
	_, err = d.Checkout.TryMode(c.Request().Context(), v.Shop, who, mode)
	switch {
	case errors.Is(err, checkout.ErrTrialOpen):
		web.Log(c).Warn("try a payment mode", "mode", mode.String(), "error", err)
		web.AddFlash(c, web.Bad, "setup.payment.try_unopened", nil)
		return c.Redirect(http.StatusSeeOther, v.Href(here))
	case err != nil:
		return desk.Refuse(c, here, "setup.refused", err)
	}
	return desk.Back(c, here, "setup.payment.try_begun", nil)
}

// trialsOf are the newest tries of those modes that were tried.
func (d *Desk) trialsOf(ctx context.Context, shop *tenant.Shop, modes []payment.Mode) (map[payment.ModeID]*checkout.ModeTrial, error) {
	trials := map[payment.ModeID]*checkout.ModeTrial{}
	err := shop.Read(ctx, func(tx tenant.Tx) (err error) {
		for _, m := range modes {
			if m.Trial == nil {
				continue
			}
			if trials[m.ID], err = d.Checkout.FindTrial(tx, m); err != nil {
				return err
			}
		}
		return nil
	})
	return trials, err
}

// trialBadges say in the list of modes how the newest try went, and when.
func trialBadges(v *desk.Visit, t *checkout.ModeTrial) []ui.Badge {
	if t == nil {
		return nil
	}
	tones := map[checkout.TrialResult]ui.Tone{checkout.TrialOpen: ui.Info, checkout.TrialGood: ui.Good, checkout.TrialBad: ui.Warn}
	return []ui.Badge{{Label: v.T("setup.payment.tried_"+string(t.Result()), ui.Args{"day": v.View.Day(t.At)}), Tone: tones[t.Result()]}}
}

// trialSteps tell one after the other what a payment has to go through, and what is wrong where it does not.
func trialSteps(s sheet.Sheet, g payment.Gateway, notice string, t *checkout.ModeTrial) []ui.Step {
	steps := []ui.Step{beginStep(s, t), returnStep(s, t), noticeStep(s, notice, t), moneyStep(s, t), backStep(s, g, t)}
	for i := range steps {
		if steps[i].State == ui.StepOpen {
			steps[i].State = ui.StepCurrent
			break
		}
	}
	return steps
}

func beginStep(s sheet.Sheet, t *checkout.ModeTrial) ui.Step {
	step := ui.Step{Title: s.T("try_step_begun", ui.Args{"amount": t.Payment.Amount}), State: ui.StepDone,
		Text: s.T("try_order", ui.Args{"number": t.Number, "day": s.View().DayTime(t.At)})}
	if t.Payment.State.Open() {
		step.Action = &ui.Action{Label: s.T("try_pay"), Href: t.Pay, Icon: ui.IconExternalLink, Look: ui.Primary, NewTab: true}
	}
	return step
}

// returnStep tells whether the browser came back from the bank's page. Who closes it before is no fault of the mode.
func returnStep(s sheet.Sheet, t *checkout.ModeTrial) ui.Step {
	step := ui.Step{Title: s.T("try_step_return"), Text: s.T("try_return_wait"), State: ui.StepOpen}
	switch {
	case t.Back != nil:
		step.State, step.Text = ui.StepDone, s.T("try_return_ok", ui.Args{"seconds": int(t.Back.Sub(t.At).Seconds())})
	case !t.Payment.State.Open():
		step.State, step.Text = ui.StepWarn, s.T("try_return_missing")
	}
	return step
}

// noticeStep tells whether the bank's notice came and was believed: the shop learns of a payment by it when a buyer's telephone
// is switched off at the bank's page.
func noticeStep(s sheet.Sheet, address string, t *checkout.ModeTrial) ui.Step {
	step := ui.Step{Title: s.T("try_step_notice"), Text: s.T("try_notice_wait"), State: ui.StepOpen}
	switch {
	case t.Noticed != nil:
		step.State, step.Text = ui.StepDone, s.T("try_notice_ok", ui.Args{"seconds": int(t.Noticed.Sub(t.At).Seconds())})
	case t.Unread != "":
		step.State, step.Text = ui.StepWarn, s.T("try_notice_bad", ui.Args{"why": s.Visit.T(t.Unread)})
	case !t.Payment.State.Open():
		step.State, step.Text = ui.StepWarn, s.T("try_notice_missing", ui.Args{"address": address})
	}
	return step
}

func moneyStep(s sheet.Sheet, t *checkout.ModeTrial) ui.Step {
	p := t.Payment
	step := ui.Step{Title: s.T("try_step_money"), Text: s.T("try_money_wait"), State: ui.StepOpen}
	args := ui.Args{"amount": p.Amount}
	switch {
	case p.State.Paid() || p.State == payment.StateRefunded:
		step.State, step.Text = ui.StepDone, s.T("try_money_ok", args)
	case p.State == payment.StateAuthorised:
		step.State, step.Text = ui.StepDone, s.T("try_money_promised", args)
	case t.Doubted():
		step.State, step.Text = ui.StepDone, s.T("try_money_doubted", args)
	case p.State == payment.StateReview:
		step.State, step.Text = ui.StepWarn, s.T("try_money_review")
	case !p.State.Open():
		step.State, step.Text = ui.StepWarn, s.T("try_money_failed", ui.Args{"why": s.Visit.T(p.Reason.Key())})
	}
	return step
}

// backStep leads to the order, where the money is given back.
func backStep(s sheet.Sheet, g payment.Gateway, t *checkout.ModeTrial) ui.Step {
	p, at := t.Payment, "orders/"+t.Which.String()
	step := ui.Step{Title: s.T("try_step_back"), State: ui.StepOpen}
	_, refunds := g.(payment.Refunder)
	switch {
	case p.State == payment.StateRefunded:
		step.State, step.Text = ui.StepDone, s.T("try_back_ok", ui.Args{"amount": p.Refunded})
	case p.State == payment.StateAuthorised:
		step.Action = &ui.Action{Label: s.T("try_release"), Href: s.Visit.Href(at + "/release/" + p.ID.String()), Icon: ui.IconArrowBackUp}
	case p.State.Paid() && p.Refundable().IsPositive():
		step.Action = &ui.Action{Label: s.T("try_back", ui.Args{"amount": p.Refundable()}), Href: s.Visit.Href(at + "/refund/" + p.ID.String()), Icon: ui.IconArrowBackUp}
		if !refunds {
			step.Text = s.T("try_back_office")
		}
	}
	return step
}
