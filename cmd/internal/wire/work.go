package wire

import (
	"context"
	"log/slog"
	"time"

	"echoppe.dev/platform/driver/jobs"
	"echoppe.dev/platform/fleet/account"
	"echoppe.dev/platform/fleet/wanted"
)

// Work runs jobs and keeps prepared shops until ctx ends; then it lets running jobs finish.
func (a *App) Work(ctx context.Context) error {
	post := account.NewPostman(a.Accounts, a.Out.Mail, a.Out.From, a.Out.Sites.Office(), Brand)
	jobs.Handle(a.Jobs, post.Deliver)
	jobs.Handle(a.Jobs, wanted.NewPostman(a.Wanted, a.Out.Mail, a.Out.From, Brand).Deliver)
	a.Rooms.handle(a.Jobs)
	a.chores(a.Jobs, a.Domains)
	a.ratesOfTheDay(a.Jobs, fleetShops{a.Opener, a.Registry})
	runner, err := jobs.Start(ctx, a.JobPool, a.Jobs, jobs.Config{Log: a.Out.Log, Metrics: a.Out.Metrics, Clock: a.Out.Clock})
	if err != nil {
		return err
	}
	tending := make(chan struct{})
	go func() {
		defer close(tending)
		if a.Out.OwnerURL != "" {
			a.Provision.Run(ctx)
		}
	}()
	<-ctx.Done()
	stop, cancel := context.WithTimeout(context.WithoutCancel(ctx), 20*time.Second)
	defer cancel()
	if err := runner.Stop(stop); err != nil {
		a.Out.Log.Warn("jobs interrupted; they will be tried again", slog.Any("error", err))
	}
	<-tending
	return nil
}
