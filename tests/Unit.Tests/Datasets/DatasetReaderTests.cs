using System.Text;
using Trainyard.Datasets;
using Trainyard.Pipelines;

namespace Trainyard.Tests.Datasets;

public sealed class DatasetReaderTests
{
    private static readonly Column[] Columns = [SomeData.Key, new("name", ColumnType.Text, true)];

    [Fact]
    public void Columns_are_bound_by_name()
    {
        using var reader = SomeData.Reader("name,id\nann,1\n\"\",2\n,3\n\"a \"\"b\"\", c\nd\",4\nz,5\n", Columns);
        var rows = new List<(double, string?, long)>();
        while (reader.Read())
        {
            rows.Add((reader.Number(reader.IndexOf("id")), reader.Text(1), reader.Line));
        }

        Assert.Equal([(1, "ann", 2), (2, "", 3), (3, null, 4), (4, "a \"b\", c\nd", 5), (5, "z", 7)], rows);
        Assert.Equal(5, reader.Row);
    }

    [Theory]
    [InlineData("id,nome\n", "1: the column 'name' of the manifest is not in the header, which has 'nome' instead")]
    [InlineData("id\n", "1: the column 'name' of the manifest is not in the header")]
    [InlineData("id,name,more\n", "1: the header has the column 'more', which the manifest has not")]
    [InlineData("id,name,id\n", "1: the header has the column 'id' twice")]
    [InlineData("", "1: the columns 'id', 'name' of the manifest are not in the header")]
    [InlineData("id,\"name\"x\n", "1: column 2: '\"name\"x' goes on after its closing quote")]
    [InlineData("id,name\n1,a\n2\n", "3: the row has 1 fields, not 2: '2'")]
    [InlineData("id,name\n1,a\n2,b,c\n", "3: the row has 3 fields, not 2: '2,b,c'")]
    [InlineData("id,name\n1,a\n\n", "3: the row has 1 fields, not 2: ''")]
    [InlineData("id,name\n1,a\n,b\n", "3: column 'id': the value is null, which this column may not be")]
    [InlineData("id,name\n1,\"a\"b\n", "2: column 'name': '\"a\"b' goes on after its closing quote")]
    [InlineData("name,id\n\"a\nb\",1\nx\"y,2\n", "4: column 'name': 'x\"y' has a quote in the middle")]
    [InlineData("id,name\n1,a\n2,\"b\n3,c\n", "3: column 'name': '\"b\\n3,c\\n' has a quote that is never closed")]
    public void A_wrong_shape_is_refused(string csv, string problem)
    {
        var fault = Assert.Throws<Fault>(() =>
        {
            using var reader = SomeData.Reader(csv, Columns);
            while (reader.Read()) { }
        });
        Assert.Equal(ExitCode.BadData, fault.Code);
        Assert.Equal($"part.csv:{problem}. Nothing was changed.", fault.Message);
    }

    [Fact]
    public void A_quote_without_end_is_refused_before_it_fills_the_memory()
    {
        using var endless = new Endless("id,name\n1,\""u8.ToArray());
        using var reader = DatasetReader.Open(endless, "part.csv", Columns);
        var fault = Assert.Throws<Fault>(() => reader.Read());
        Assert.StartsWith(
            "part.csv:2: this is not the CSV that was written: ",
            fault.Message,
            StringComparison.Ordinal
        );
        Assert.True(endless.Bytes < 256 << 20);
    }

    [Theory]
    [InlineData("0", ColumnType.Integer, 0)]
    [InlineData("-2147483648", ColumnType.Integer, -2147483648.0)]
    [InlineData("9223372036854775807", ColumnType.BigInt, 9223372036854775807.0)]
    [InlineData("t", ColumnType.Boolean, 1)]
    [InlineData("f", ColumnType.Boolean, 0)]
    [InlineData("0.1", ColumnType.Numeric, 0.1)]
    [InlineData("-12.50", ColumnType.Numeric, -12.5)]
    [InlineData("123456789012345678901234567890.5", ColumnType.Numeric, 123456789012345678901234567890.5)]
    [InlineData("0.30000000000000004", ColumnType.Double, 0.30000000000000004)]
    [InlineData("1e+16", ColumnType.Double, 1e16)]
    [InlineData("2.2250738585072014e-308", ColumnType.Double, 2.2250738585072014e-308)]
    [InlineData("NaN", ColumnType.Double, double.NaN)]
    [InlineData("Infinity", ColumnType.Real, double.PositiveInfinity)]
    [InlineData("-Infinity", ColumnType.Double, double.NegativeInfinity)]
    [InlineData("\"5\"", ColumnType.Integer, 5)]
    [InlineData("", ColumnType.Integer, double.NaN)]
    public void Numbers_are_read(string field, ColumnType type, double expected)
    {
        using var reader = SomeData.OneRow(field, type);
        reader.Check(1);
        Assert.Equal(expected, reader.Number(1));
    }

    [Theory]
    [InlineData("abc", ColumnType.Integer, "integer")]
    [InlineData("1.0", ColumnType.Integer, "integer")]
    [InlineData("2147483648", ColumnType.Integer, "integer")]
    [InlineData("9223372036854775808", ColumnType.BigInt, "bigint")]
    [InlineData("-", ColumnType.BigInt, "bigint")]
    [InlineData("+1", ColumnType.Double, "double precision")]
    [InlineData("1.", ColumnType.Numeric, "numeric")]
    [InlineData(".5", ColumnType.Numeric, "numeric")]
    [InlineData(" 1", ColumnType.Numeric, "numeric")]
    [InlineData("1e", ColumnType.Double, "double precision")]
    [InlineData("nan", ColumnType.Double, "double precision")]
    [InlineData("1_000", ColumnType.Double, "double precision")]
    [InlineData("true", ColumnType.Boolean, "boolean")]
    public void What_is_no_number_of_the_type_is_refused(string field, ColumnType type, string name)
    {
        using var reader = SomeData.OneRow(field, type);
        var expected = $"part.csv:2: column 'x': '{field}' is not of the type {name}. Nothing was changed.";
        Assert.Equal(expected, Assert.Throws<Fault>(() => reader.Number(1)).Message);
        Assert.Equal(expected, Assert.Throws<Fault>(() => reader.Check(1)).Message);
    }

    [Theory]
    [InlineData("2013-01-01 05:00:00+00", "2013-01-01T05:00:00.0000000+00:00")]
    [InlineData("2013-01-01 05:00:00.25+00", "2013-01-01T05:00:00.2500000+00:00")]
    [InlineData("2013-01-01 05:00:00.123456+00", "2013-01-01T05:00:00.1234560+00:00")]
    public void Instants_are_read_in_UTC(string field, string expected)
    {
        using var reader = SomeData.OneRow(field, ColumnType.TimestampTz);
        reader.Check(1);
        Assert.Equal(expected, reader.Instant(1)!.Value.ToString("O"));
    }

    [Theory]
    [InlineData("2013-01-01 05:00:00", ColumnType.TimestampTz)]
    [InlineData("2013-01-01T05:00:00+00", ColumnType.TimestampTz)]
    [InlineData("2013-01-01 24:00:00+00", ColumnType.TimestampTz)]
    [InlineData("infinity", ColumnType.TimestampTz)]
    [InlineData("2013-01-01 05:00:00-05", ColumnType.TimestampTz)]
    [InlineData("2013-02-29", ColumnType.Date)]
    [InlineData("10000-01-01", ColumnType.Date)]
    [InlineData("2013-01-01 05:00:00+00", ColumnType.Timestamp)]
    [InlineData("2013-01-01 05:00:00.", ColumnType.Timestamp)]
    [InlineData("not-a-uuid", ColumnType.Uuid)]
    public void Other_types_are_checked(string field, ColumnType type)
    {
        using var reader = SomeData.OneRow(field, type);
        Assert.Equal(
            $"part.csv:2: column 'x': '{field}' is not of the type {type.SqlName()}. Nothing was changed.",
            Assert.Throws<Fault>(() => reader.Check(1)).Message
        );
    }

    [Fact]
    public void Dates_and_timestamps_are_read_as_they_stand()
    {
        using var date = SomeData.OneRow("2013-12-31", ColumnType.Date);
        using var timestamp = SomeData.OneRow("2013-12-31 23:59:59.5", ColumnType.Timestamp);
        Assert.Equal(new DateTime(2013, 12, 31), date.Local(1));
        Assert.Equal(new DateTime(2013, 12, 31, 23, 59, 59, 500), timestamp.Local(1));
    }

    [Fact]
    public void Bytes_that_are_not_UTF8_are_refused_where_text_is_needed()
    {
        using var reader = SomeData.Reader([.. "id,name\n1,"u8, 0xFF, (byte)'\n'], Columns);
        Assert.True(reader.Read());
        var expected = "part.csv:2: column 'name': '\uFFFD' is not UTF-8. Nothing was changed.";
        Assert.Equal(expected, Assert.Throws<Fault>(() => reader.Text(1)).Message);
        Assert.Equal(expected, Assert.Throws<Fault>(() => reader.Check(1)).Message);
    }

    [Fact]
    public void Nothing_is_allocated_for_a_field()
    {
        var csv = Encoding.UTF8.GetBytes(
            "id,name\n" + string.Concat(Enumerable.Range(0, 50_000).Select(row => $"{row},name {row}\n"))
        );
        using var reader = SomeData.Reader(csv, Columns);
        for (var row = 0; row < 25_000; row++)
        {
            reader.Read();
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        double sum = 0;
        while (reader.Read())
        {
            sum += reader.Number(0) + reader.Utf8(1).Length;
            reader.Check(1);
        }

        Assert.True(sum > 0);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 25_000);
    }

    /// <summary>A stream that goes on with 'x' for ever.</summary>
    private sealed class Endless(byte[] start) : MemoryStream
    {
        public long Bytes { get; private set; }

        public override int Read(Span<byte> buffer)
        {
            buffer.Fill((byte)'x');
            if (Bytes == 0)
            {
                start.CopyTo(buffer);
            }

            Bytes += buffer.Length;
            return buffer.Length;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));
    }
}
