using AngleSharp.Html.Parser;
using ClassHub.Posts;

namespace ClassHub.Tests.Writings;

public sealed class FormulaTests
{
    private static AngleSharp.Dom.IElement Page(string typed) =>
        new HtmlParser().ParseDocument(Markdown.ToHtml(new Written(typed, WritingRules.Second, MakeFormulae.Of(typed, out _)))).Body!;

    [Theory]
    [InlineData(@"\frac{3}{4}", "3/4")]
    [InlineData(@"\frac{x+1}{2}", "(x + 1)/2")]
    [InlineData("3/4", "3/4")]
    [InlineData("5/2 = 2 1/2", "5/2 = 2 1/2")]
    [InlineData(@"x^2", "x²")]
    [InlineData(@"2^{n+1}", "2^(n + 1)")]
    [InlineData(@"a_1 + a_2", "a₁ + a₂")]
    [InlineData(@"\sqrt{2}", "√2")]
    [InlineData(@"\sqrt[3]{8} = 2", "³√8 = 2")]
    [InlineData(@"\sum_{i=1}^{10} i", "∑_(i = 1)¹⁰ i")]
    [InlineData(@"3 \le 4", "3 ≤ 4")]
    [InlineData(@"5 \times 6 \ne 7", "5 × 6 ≠ 7")]
    [InlineData(@"-3 < 4", "−3 < 4")]
    public void A_formula_is_drawn_and_its_words_stand_beside_it(string typed, string words)
    {
        var page = Page($"Work out ${typed}$.");

        Assert.Equal("true", page.QuerySelector(".sum > math")!.GetAttribute("aria-hidden"));
        Assert.Equal(words, page.QuerySelector(".sum > .sum-words")!.TextContent);
        Assert.DoesNotContain("$", page.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fraction_may_be_typed_with_a_stroke() => Assert.Equal("<mfrac><mn>3</mn><mn>4</mn></mfrac>", Page("$3/4$").QuerySelector("mfrac")!.OuterHtml);

    [Theory]
    [InlineData("$5 and $10")]
    [InlineData("$5, $10 and $15")]
    [InlineData("5$ or 10$ each")]
    [InlineData("It costs $ 5 $ or so")]
    [InlineData("US$5 or A$6")]
    [InlineData("$x\ny$")]
    public void A_price_is_no_formula(string typed)
    {
        Assert.Null(MakeFormulae.Of(typed, out var unread));
        Assert.Empty(unread);
        Assert.Equal(typed.Replace("\n", "", StringComparison.Ordinal), Page(typed).TextContent);
    }

    [Theory]
    [InlineData(@"\frac{1")]
    [InlineData(@"\unknown{3}")]
    [InlineData(@"\def\a{\a\a}\a")]
    [InlineData(@"\href{javascript:alert(1)}{x}")]
    [InlineData(@"\includegraphics{http://tracker.example/x.png}")]
    public void What_cannot_be_read_stays_as_typed_and_is_told(string typed)
    {
        MakeFormulae.Of($"a ${typed}$ b", out var unread);

        Assert.Equal([typed], unread);
        Assert.Equal($"a ${typed}$ b", Page($"a ${typed}$ b").TextContent);
        Assert.Null(Page($"a ${typed}$ b").QuerySelector("math, a, img"));
    }

    [Fact]
    public void A_formula_that_grows_without_end_costs_no_minutes_and_the_next_is_made()
    {
        var bomb = string.Concat(Enumerable.Range(0, 20).Select(i => $"\\def\\{(char)('a' + i)}{{{(i == 0 ? "x" : string.Concat(Enumerable.Repeat($"\\{(char)('a' + i - 1)}", 9)))}}}")) + "\\t";

        Assert.Null(MakeFormulae.Of($"${bomb}$", out _));
        Assert.NotNull(MakeFormulae.Of("$\\frac{7}{8}$", out _));
    }

    [Theory]
    [InlineData(@"\color{red}{x}")]
    [InlineData(@"\text{<script>alert(1)</script><img src=x onerror=alert(1)>}")]
    [InlineData(@"\class{now}{x}")]
    [InlineData(@"\style{position:fixed}{x}")]
    [InlineData(@"\href{https://example.org}{x}")]
    [InlineData(@"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}")]
    [InlineData(@"\underbrace{a+b}_{c} \overline{AB} \boxed{x} \cancel{y}")]
    public void M06_A_formula_holds_nothing_but_the_elements_on_the_list(string typed)
    {
        var page = Page($"${typed}$");

        Assert.Empty(page.QuerySelectorAll("script, img, a, style, svg, semantics, annotation, [style], [href], [id], [onerror]"));
        Assert.All(page.QuerySelectorAll("math *"), e => Assert.Contains(e.LocalName, MathMl.Elements));
        Assert.All(page.QuerySelectorAll("math *").SelectMany(e => e.Attributes), a => Assert.Contains(a.Name, MathMl.Attributes));
    }
}
