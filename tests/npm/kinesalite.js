// Starts kinesalite on a free port of 127.0.0.1, prints the port, and ends when its input ends, so
// that it never outlives the test that started it.
//
// As it comes, kinesalite cuts CBOR replies at the encoder's buffer of 16 KiB, and gives records
// that were put as CBOR back as JavaScript's own form of a buffer. Both are mended here.
const cbor = require('cbor')
const encodeOne = cbor.Encoder.encodeOne

Buffer.prototype.toJSON = function () { return this.toString('base64') }

const withBytes = record =>
  typeof record.Data === 'string' ? {...record, Data: Buffer.from(record.Data, 'base64')} : record

cbor.Encoder.encodeOne = value =>
  encodeOne.call(
    cbor.Encoder,
    Array.isArray(value.Records) ? {...value, Records: value.Records.map(withBytes)} : value,
    {highWaterMark: 1 << 26})

const tls = process.argv.includes('--tls')
const server = require('kinesalite')(
  {ssl: tls, createStreamMs: 0, deleteStreamMs: 0, updateStreamMs: 0, shardLimit: 1000})
server.listen(0, '127.0.0.1', () => console.log('listening on ' + server.address().port))
process.stdin.on('end', () => process.exit(0)).resume()
