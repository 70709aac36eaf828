using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using ClassHub.Messages;

namespace ClassHub.Tests.Mail;

/// <summary>Messages to browsers, sealed as the standards say.</summary>
public sealed class WebPushTests
{
    private static byte[] Of(string base64) => Base64Url.DecodeFromChars(base64);

    /// <summary>The example of RFC 8291, section 5 and appendix A.</summary>
    [Fact]
    public void The_example_of_the_standard_comes_out_byte_for_byte()
    {
        var sender = Of("BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8");
        using var key = ECDiffieHellman.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = Of("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"), Q = new() { X = sender[1..33], Y = sender[33..] } });

        var made = WebPush.Seal(Encoding.UTF8.GetBytes("When I grow up, I want to be a watermelon"),
            Of("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"), Of("BTBZMqHH6r4Tts7J_aSIgg"), key, Of("DGv6ra1nlYgDCS1FRnbzlw"));

        Assert.Equal("DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN", Base64Url.EncodeToString(made));
    }

    [Theory]
    [InlineData("https://fcm.googleapis.com/fcm/send/abc", true)]
    [InlineData("https://web.push.apple.com/abc", true)]
    [InlineData("https://wns2-par02p.notify.windows.com/w/?token=a", true)]
    [InlineData("https://updates.push.services.mozilla.com/wpush/v2/a", true)]
    [InlineData("http://fcm.googleapis.com/fcm/send/abc", false)]
    [InlineData("https://fcm.googleapis.com.evil.example/", false)]
    [InlineData("https://evilpush.apple.com/", false)]
    [InlineData("https://user@fcm.googleapis.com/", false)]
    [InlineData("https://169.254.169.254/latest/meta-data", false)]
    [InlineData("https://localhost/", false)]
    [InlineData("file:///etc/passwd", false)]
    [InlineData("fcm.googleapis.com", false)]
    public void Only_the_makers_of_browsers_are_ever_sent_to(string endpoint, bool allowed) => Assert.Equal(allowed, new PushSettings("mailto:office@hazel.example", PushSettings.Makers).Allows(endpoint));
}
