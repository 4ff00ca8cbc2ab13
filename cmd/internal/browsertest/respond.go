package browsertest

import (
	"context"

	"github.com/chromedp/chromedp"
)

// responded runs steps that navigate and returns when the page has loaded.
func responded(steps []chromedp.Action[chromedp.Void]) func(context.Context, *chromedp.Target) error {
	return func(ctx context.Context, _ *chromedp.Target) error {
		_, err := chromedp.RunResponse(ctx, steps...)
		return err
	}
}
