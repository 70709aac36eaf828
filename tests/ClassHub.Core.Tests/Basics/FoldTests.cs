using CsCheck;

namespace ClassHub.Tests.Basics;

/// <summary>However a word is written, it is looked for as one.</summary>
public sealed class FoldTests
{
    [Theory]
    [InlineData("École", "ecole")]
    [InlineData("Zürich ZÜRICH", "zurich zurich")]
    [InlineData("Москва Ёлка", "москва елка")]
    [InlineData("Łukasz Đorđe Søren Weiß Æsop ıŞık", "łukasz")]
    [InlineData("don't don’t", "dont dont . don t don t")]
    [InlineData("O'Brien", "obrien . o brien")]
    [InlineData("l'école", "lecole . l ecole")]
    [InlineData("well-known", "wellknown . well known")]
    [InlineData("ΣΊΣΥΦΟΣ", "σισυφοσ")]
    [InlineData("مُحَمَّد أحمد", "محمد احمد")]
    [InlineData("שָׁלוֹם", "שלום")]
    [InlineData("ｆｕｌｌ ﬁsh x²", "full fish x2")]
    [InlineData("作业", "作业 业")]
    [InlineData("5年级", "5 年级 级")]
    [InlineData("สวัสดี", null)]
    [InlineData("हिन्दी", "हिन्दी")]
    [InlineData("2*3*4 = 24, **bold** [link](https://example.org)", "2 3 4 24 bold link https example org")]
    [InlineData("soft\u00ADhyphen zero\u200Bwidth", "softhyphen zerowidth")]
    [InlineData("🌋 !!", "")]
    public void Words_are_made_plain(string text, string? words)
    {
        var made = Fold.Words(text);

        if (words == "łukasz") Assert.Equal("lukasz dorde soren weiss aesop isik", made);
        else if (words is not null) Assert.Equal(words, made);
        else Assert.All(made.Split(' ').SkipLast(1), pair => Assert.Equal(2, pair.EnumerateRunes().Count()));
    }

    [Theory]
    [InlineData("École de Zürich", "ecole")]
    [InlineData("École de Zürich", "ÉCOLE zur")]
    [InlineData("в Москву, Москва", "москва")]
    [InlineData("Don’t panic", "don't")]
    [InlineData("Don't panic", "dont")]
    [InlineData("naïve art", "naive")]
    [InlineData("these exact words.", "\"exact words\"")]
    [InlineData("these exact, words", "“Exact Words”")]
    [InlineData("今天的作业很多", "作业")]
    [InlineData("今天的作业很多", "多")]
    [InlineData("今天的作业很多", "业")]
    [InlineData("今天的作业很多 today", "\"很多 today\"")]
    [InlineData("วันนี้มีการบ้าน", "การบ้าน")]
    [InlineData("학교에서 숙제", "학교")]
    [InlineData("Hausaufgaben: Straße", "strasse")]
    [InlineData("l'école", "école")]
    [InlineData("Müller-Lüdenscheidt", "ludenscheidt")]
    [InlineData("Müller-Lüdenscheidt", "mullerlud")]
    public void A_question_finds_what_is_meant(string text, string question) => Assert.True(Finds(text, question));

    [Theory]
    [InlineData("these words are exact", "\"exact words\"")]
    [InlineData("exactly words", "\"exact words\"")]
    [InlineData("作者的业余", "作业")]
    [InlineData("volcano", "lava volcano")]
    [InlineData("obrien", "\"obri\"")]
    public void And_nothing_else(string text, string question) => Assert.False(Finds(text, question));

    private static bool Finds(string text, string question) =>
        Fold.Question(question) is { Count: > 0 } asked && asked.All(a => $" {Fold.Words(text)} ".Contains(a.Pattern, StringComparison.Ordinal));

    /// <summary>The index and a phrase lean on it: one blank between words, and none empty.</summary>
    [Fact]
    public void Whatever_is_written_becomes_words_with_one_blank_between_them_that_are_found_again() => Gen.String.Array[0, 4].Sample(texts =>
    {
        var words = Fold.Words(texts);

        Assert.DoesNotContain("  ", words, StringComparison.Ordinal);
        Assert.Equal(words.Trim(), words);
        Assert.DoesNotContain(words, c => char.IsControl(c) || c is '\'' or '"' or '\\' or '*' or ':' or '&');
        Assert.All(words.Split(' '), w => Assert.True(w.Length <= 2 * Fold.LongestWord));
        foreach (var text in texts)
            Assert.All(Fold.Question(text.Replace('"', ' ')), a => Assert.Contains(a.Pattern, $" {words} ", StringComparison.Ordinal));
    }, iter: 20_000);

    [Fact]
    public void A_word_is_shown_where_it_stood() =>
        Assert.Equal(["École", "l’Été", "作业", "作业"], Fold.Read("École, l’Été: 作业!").Select(w => "École, l’Été: 作业!".Substring(w.Start, w.Length)));

    [Fact]
    public void Groups_stand_as_people_count() =>
        Assert.Equal(["1 Elm", "2 Oak", "10 Ash", "group 2", "Group 10"], new[] { "Group 10", "10 Ash", "group 2", "2 Oak", "1 Elm" }.Order(AsCounted.Order));
}
