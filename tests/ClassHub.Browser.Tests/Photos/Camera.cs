using System.Text;

namespace ClassHub.Browser.Tests.Photos;

/// <summary>Photos as a phone held upright takes them: stored on their side, with a note which way is up and where it was.</summary>
public static class Camera
{
    /// <summary>"Which way is up": the left edge of what is stored; and the place, 51° 30' North.</summary>
    private static readonly byte[] Exif =
    [
        0xFF, 0xE1, 0, 100, .. Encoding.ASCII.GetBytes("Exif\0\0MM"), 0, 42, 0, 0, 0, 8,
        0, 2, // what is said of the picture
        0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0,
        0x88, 0x25, 0, 4, 0, 0, 0, 1, 0, 0, 0, 38,
        0, 0, 0, 0,
        0, 2, // what is said of the place
        0x00, 0x01, 0, 2, 0, 0, 0, 2, (byte)'N', 0, 0, 0,
        0x00, 0x02, 0, 5, 0, 0, 0, 3, 0, 0, 0, 68,
        0, 0, 0, 0,
        0, 0, 0, 51, 0, 0, 0, 1, 0, 0, 0, 30, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1,
    ];

    /// <summary>A page in two colours, red above blue when it is the right way up, and grainy like paper.</summary>
    public static async Task<FilePayload> TakesAsync(IPage page, string name, int width = 4000, int height = 3000)
    {
        var plain = Convert.FromBase64String(await page.EvaluateAsync<string>("""
            async ([width, height]) => {
              const canvas = Object.assign(document.createElement("canvas"), { width, height }), pen = canvas.getContext("2d")
              pen.fillStyle = "#d01010"
              pen.fillRect(0, 0, width / 2, height)
              pen.fillStyle = "#1010d0"
              pen.fillRect(width / 2, 0, width / 2, height)
              for (let i = 0; i < width * height / 400; i++) {
                pen.fillStyle = `rgba(${i * 7 % 255}, ${i * 13 % 255}, ${i * 29 % 255}, .2)`
                pen.fillRect(Math.random() * width, Math.random() * height, 9, 9)
              }
              const blob = await new Promise(done => canvas.toBlob(done, "image/jpeg", .95))
              const bytes = new Uint8Array(await blob.arrayBuffer())
              let text = ""
              for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode(...bytes.subarray(i, i + 8192))
              return btoa(text)
            }
            """, new[] { width, height }));
        return new() { Name = name, MimeType = "image/jpeg", Buffer = [.. plain[..2], .. Exif, .. plain[2..]] };
    }

    /// <summary>From now on the page remembers the bytes that leave it, and forgets those before.</summary>
    public static Task WatchAsync(IPage page) => page.EvaluateAsync("""
        () => {
          const send = window.fetch, isWatched = Boolean(window.left)
          window.left = []
          if (isWatched) return
          window.fetch = (to, how) => {
            if (how && how.method === "PATCH") window.left.push(how.body)
            return send(to, how)
          }
        }
        """);

    public static async Task<byte[]> WhatLeftAsync(IPage page) => Convert.FromBase64String(await page.EvaluateAsync<string>("""
        async () => {
          const bytes = new Uint8Array(await new Blob(window.left).arrayBuffer())
          let text = ""
          for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode(...bytes.subarray(i, i + 8192))
          return btoa(text)
        }
        """));

    /// <summary>Width, height, and how red it is near the top and near the bottom, read without turning it.</summary>
    public static Task<int[]> LookAsync(IPage page) => page.EvaluateAsync<int[]>("""
        async () => {
          const { width, height } = await createImageBitmap(new Blob(window.left)), canvas = Object.assign(document.createElement("canvas"), { width, height })
          const pen = canvas.getContext("2d")
          pen.drawImage(await createImageBitmap(new Blob(window.left)), 0, 0)
          const red = y => { const [r, , b] = pen.getImageData(width / 2, y, 1, 1).data; return r > b ? 1 : 0 }
          return [width, height, red(40), red(height - 40)]
        }
        """);
}
