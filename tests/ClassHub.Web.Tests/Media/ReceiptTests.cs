namespace ClassHub.Web.Tests.Media;

/// <summary>What a pupil holds in the hand after handing in.</summary>
public sealed class ReceiptTests(MediaSchool school) : IClassFixture<MediaSchool>
{
    [Fact]
    public async Task A_receipt_shows_its_code_the_time_and_a_picture_first_and_folds_the_proof_away()
    {
        var work = await HandedIn.SendAsync(school, Studio.Photo(1200, 800), "IMG_0001.jpg");
        await school.PrepareAsync();

        var card = (await work.ReceiptAsync()).Page.QuerySelector(".receipt")!;

        Assert.Equal(["h1", "p", "p", "ul"], card.Children.Take(4).Select(c => c.LocalName));
        Assert.EndsWith(work.Receipt.Split('/')[^1], card.Children[1].TextContent.Trim(), StringComparison.Ordinal);
        Assert.Contains("23 November 2026", card.Children[2].TextContent, StringComparison.Ordinal);
        var picture = card.QuerySelector("li img.thumb")!.GetAttribute("src")!;
        Assert.InRange((await work.TeacherGetsAsync(picture)).Length, 100, 60_000);
        Assert.Contains("Picture", card.Children[3].TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("IMG_0001", card.Children[3].TextContent, StringComparison.Ordinal);
        var proof = card.QuerySelector("details")!;
        Assert.False(proof.HasAttribute("open"));
        Assert.Contains(work.File.Sha256, proof.TextContent, StringComparison.Ordinal);
        Assert.Contains("IMG_0001.jpg", proof.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("SHA-256", string.Concat(card.Children.Where(c => c != proof).Select(c => c.TextContent)), StringComparison.Ordinal);
    }
}
