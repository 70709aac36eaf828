using CsCheck;

namespace ClassHub.Tests.Basics;

public sealed class PlainTextTests
{
    [Theory]
    [InlineData("  Amira \t Haddad ", "Amira Haddad")]
    [InlineData("photo\u202Egpj.exe", "photogpj.exe")]
    [InlineData("a\0b\u200Bc\uFEFFd\u2066e", "abcde")]
    [InlineData("line\r\nline", "line line")]
    [InlineData("Zoe\u0308", "Zoë")]
    [InlineData("👨‍👩‍👧", "👨‍👩‍👧")]
    public void A_line_shows_what_it_says(string typed, string kept) => Assert.Equal(kept, PlainText.Line(typed, 60));

    [Theory]
    [InlineData(" رحلة\u200F!  \u202Enow ", "رحلة\u200F! now")]
    [InlineData("long\u00ADword\u200B", "long\u00ADword\u200B")]
    [InlineData("\u200B\u200F", "")]
    public void A_title_keeps_what_its_script_needs(string typed, string kept) => Assert.Equal(kept, PlainText.Words(typed, 60));

    [Fact]
    public void A_lone_surrogate_is_left_out() => Assert.Equal("ab", PlainText.Line("a\uD83Db", 60));

    [Fact]
    public void Nothing_typed_is_an_empty_text() => Assert.Equal(("", ""), (PlainText.Line(null, 9), PlainText.Lines(null, 9)));

    [Fact]
    public void A_cut_never_goes_through_what_a_reader_sees_as_one_sign() => Assert.Equal("abc", PlainText.Line("abc👨‍👩‍👧", 6));

    [Theory]
    [InlineData("one\r\ntwo\rthree\tx", "one\ntwo\nthree\tx")]
    [InlineData("a\0\u202Eb", "ab")]
    [InlineData("\u200Fא\u200E b\u200Bc\u00ADd\u2060e \u2067ב\u2069", "\u200Fא\u200E b\u200Bc\u00ADd\u2060e \u2067ב\u2069")]
    public void A_text_keeps_its_lines_and_tabs(string typed, string kept) => Assert.Equal(kept, PlainText.Lines(typed, 100));

    [Fact]
    public void Whatever_is_typed_becomes_short_clean_and_stays_so() => Gen.Select(Gen.String, Gen.Int[1, 80]).Sample((typed, most) =>
    {
        var line = PlainText.Line(typed, most);
        Assert.True(line.Length <= most);
        Assert.Equal(line.TrimStart(), line);
        Assert.DoesNotContain(line, char.IsControl);
        Assert.DoesNotContain("  ", line, StringComparison.Ordinal);
        Assert.True(PlainText.Lines(typed, most).Length <= most);
    }, iter: 20_000);
}
