package s3

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/smithy-go"

	"echoppe.dev/platform/driver/blob"
	"echoppe.dev/platform/driver/secret"
)

const (
	dialTimeout   = 3 * time.Second
	headerTimeout = 15 * time.Second
	// maxBackoff keeps three attempts near a second: somebody may be waiting.
	maxBackoff = 500 * time.Millisecond
)

// Config names the store and the bucket.
type Config struct {
	// Endpoint is the store's address; Amazon's own for the region when empty.
	Endpoint string
	// PublicEndpoint is how browsers reach the store, if not by Endpoint.
	PublicEndpoint string
	Region         string // us-east-1 when empty
	Bucket         string
	Key            string
	Secret         secret.Text
	// PathStyle puts the bucket into the path instead of the host name, as most
	// stores other than Amazon's want it.
	PathStyle bool
}

// Bucket is a bucket of the store.
type Bucket struct {
	name   string
	client *s3.Client
	signer *s3.PresignClient
}

// Open prepares the client; it does not connect.
func Open(cfg Config) (*Bucket, error) {
	if cfg.Bucket == "" || cfg.Key == "" || cfg.Secret.IsZero() {
		return nil, errors.New("object store: bucket, key and secret are needed")
	}
	if cfg.Region == "" {
		cfg.Region = "us-east-1"
	}
	if cfg.PublicEndpoint == "" {
		cfg.PublicEndpoint = cfg.Endpoint
	}
	return &Bucket{
		name:   cfg.Bucket,
		client: s3.New(cfg.options(cfg.Endpoint)),
		signer: s3.NewPresignClient(s3.New(cfg.options(cfg.PublicEndpoint))),
	}, nil
}

func (c Config) options(endpoint string) s3.Options {
	o := s3.Options{
		Region:                     c.Region,
		Credentials:                credentials.NewStaticCredentialsProvider(c.Key, c.Secret.Reveal(), ""),
		UsePathStyle:               c.PathStyle,
		RequestChecksumCalculation: aws.RequestChecksumCalculationWhenRequired,
		ResponseChecksumValidation: aws.ResponseChecksumValidationWhenRequired,
		Retryer:                    retry.NewStandard(func(o *retry.StandardOptions) { o.MaxBackoff = maxBackoff }),
		HTTPClient: awshttp.NewBuildableClient().
			WithDialerOptions(func(d *net.Dialer) { d.Timeout = dialTimeout }).
			WithTransportOptions(func(t *http.Transport) { t.ResponseHeaderTimeout = headerTimeout }),
	}
	if endpoint != "" {
		o.BaseEndpoint = aws.String(endpoint)
	}
	return o
}

// Create makes the bucket if it is not there.
func (b *Bucket) Create(ctx context.Context) error {
	if b.Check(ctx) == nil {
		return nil
	}
	_, err := b.client.CreateBucket(ctx, &s3.CreateBucketInput{Bucket: &b.name})
	return b.failure(ctx, "create bucket", "", err)
}

// Check tells whether the store answers and the bucket is there for us.
func (b *Bucket) Check(ctx context.Context) error {
	_, err := b.client.HeadBucket(ctx, &s3.HeadBucketInput{Bucket: &b.name})
	return b.failure(ctx, "look at bucket", "", err)
}

// Get implements blob.Bucket.
func (b *Bucket) Get(ctx context.Context, key string) (io.ReadCloser, blob.Meta, error) {
	return b.get(ctx, key, nil)
}

// GetRange implements blob.Bucket.
func (b *Bucket) GetRange(ctx context.Context, key string, offset, length int64) (io.ReadCloser, blob.Meta, error) {
	if err := blob.CheckKey(key); err != nil {
		return nil, blob.Meta{}, err
	}
	if offset < 0 || length == 0 {
		if _, err := b.client.HeadObject(ctx, &s3.HeadObjectInput{Bucket: &b.name, Key: &key}); err != nil {
			return nil, blob.Meta{}, b.failure(ctx, "read", key, err)
		}
		return nil, blob.Meta{}, blob.ErrRange
	}
	want := fmt.Sprintf("bytes=%d-", offset)
	if length > 0 {
		want += strconv.FormatInt(offset+length-1, 10)
	}
	return b.get(ctx, key, &want)
}

func (b *Bucket) get(ctx context.Context, key string, want *string) (io.ReadCloser, blob.Meta, error) {
	if err := blob.CheckKey(key); err != nil {
		return nil, blob.Meta{}, err
	}
	out, err := b.client.GetObject(ctx, &s3.GetObjectInput{Bucket: &b.name, Key: &key, Range: want})
	if err != nil {
		return nil, blob.Meta{}, b.failure(ctx, "read", key, err)
	}
	return out.Body, blob.Meta{
		ContentType:  aws.ToString(out.ContentType),
		CacheControl: aws.ToString(out.CacheControl),
		Size:         wholeSize(out),
		Modified:     aws.ToTime(out.LastModified).UTC(),
		ETag:         strings.Trim(aws.ToString(out.ETag), `"`),
	}, nil
}

// wholeSize reads "bytes 0-9/1234" where only a part was asked for.
func wholeSize(out *s3.GetObjectOutput) int64 {
	if _, total, found := strings.Cut(aws.ToString(out.ContentRange), "/"); found {
		if n, err := strconv.ParseInt(total, 10, 64); err == nil {
			return n
		}
	}
	return aws.ToInt64(out.ContentLength)
}

// Delete implements blob.Bucket.
func (b *Bucket) Delete(ctx context.Context, key string) error {
	if err := blob.CheckKey(key); err != nil {
		return err
	}
	_, err := b.client.DeleteObject(ctx, &s3.DeleteObjectInput{Bucket: &b.name, Key: &key})
	if err = b.failure(ctx, "delete", key, err); errors.Is(err, blob.ErrNotFound) {
		return nil
	}
	return err
}

// List implements blob.Bucket.
func (b *Bucket) List(ctx context.Context, prefix, after string, limit int) (blob.Page, error) {
	if err := blob.CheckPrefix(prefix); err != nil {
		return blob.Page{}, err
	}
	if limit <= 0 || limit > blob.MaxPage {
		limit = blob.MaxPage
	}
	in := &s3.ListObjectsV2Input{Bucket: &b.name, Prefix: &prefix, MaxKeys: aws.Int32(int32(limit))}
	if after != "" {
		in.StartAfter = &after
	}
	out, err := b.client.ListObjectsV2(ctx, in)
	if err != nil {
		return blob.Page{}, b.failure(ctx, "list", prefix, err)
	}
	var page blob.Page
	for _, o := range out.Contents {
		page.Objects = append(page.Objects, blob.Object{
			Key: aws.ToString(o.Key), Size: aws.ToInt64(o.Size), Modified: aws.ToTime(o.LastModified).UTC(),
		})
	}
	if n := len(page.Objects); aws.ToBool(out.IsTruncated) && n > 0 {
		page.Next = page.Objects[n-1].Key
	}
	return page, nil
}

// SignedURL implements blob.Bucket. Stores refuse more than seven days.
func (b *Bucket) SignedURL(ctx context.Context, key string, ttl time.Duration) (string, error) {
	if err := blob.CheckKey(key); err != nil {
		return "", err
	}
	out, err := b.signer.PresignGetObject(ctx, &s3.GetObjectInput{Bucket: &b.name, Key: &key}, s3.WithPresignExpires(ttl))
	if err != nil {
		return "", b.failure(ctx, "sign", key, err)
	}
	return out.URL, nil
}

// failure says in the house's words what went wrong.
func (b *Bucket) failure(ctx context.Context, what, key string, err error) error {
	if err == nil {
		return nil
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if coded, ok := errors.AsType[smithy.APIError](err); ok {
		switch coded.ErrorCode() {
		case "NoSuchKey", "NotFound":
			return blob.ErrNotFound.Because(err)
		case "InvalidRange":
			return blob.ErrRange.Because(err)
		}
	}
	return blob.ErrUnavailable.Because(fmt.Errorf("%s %s in %s: %w", what, key, b.name, err))
}

var _ blob.Bucket = (*Bucket)(nil)
