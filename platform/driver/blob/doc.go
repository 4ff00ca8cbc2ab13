// Package blob keeps files under keys: pictures, imports, digital goods, backups.
//
// Bucket is the port; blob/fs keeps objects in a folder (demo, single server),
// blob/s3 in any S3-compatible store, and blob/blobtest is the suite that both
// pass, so that what works in the demo works in production.
//
// # Invariants
//
//   - A key is checked before a driver sees it (CheckKey): it cannot climb out of
//     its folder, and means the same object in both drivers.
//   - An object appears whole or not at all; who reads while it is replaced gets
//     the old one or the new one, never a mixture.
//   - A shop only ever holds Scoped(bucket, "shops/<id>/"), and nothing it asks
//     for can name an object outside.
//   - Deleting what is not there is not an error: jobs may run twice.
//
// # What it does not know
//
// It knows no picture, no shop and no quota. Uploads are limited and inspected by
// whoever receives them. Nothing here may be called inside a database
// transaction: write the intent, call, write the outcome.
package blob
