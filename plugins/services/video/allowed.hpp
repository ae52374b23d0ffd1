// allowed.hpp: the containers and codings that are opened; whatever is not named here is refused. No playlist, no link
// file and no device is among them: a file that names other files or addresses is never followed. Constants.
#pragma once

namespace earshot::video {

// Names of FFmpeg's demuxers, as in `ffmpeg -demuxers`.
inline constexpr const char* kContainers =
    "aac,ac3,aiff,amr,apng,asf,au,av1,avi,caf,dv,eac3,flac,flv,gif,h263,h264,hevc,ivf,m4v,matroska,webm,mjpeg,mov,mp4,"
    "mp3,mpeg,mpegts,mpegvideo,mxf,nut,obu,ogg,tta,w64,wav,wv,yuv4mpegpipe,"
    "srt,webvtt,ass,"
    "bmp_pipe,j2k_pipe,jpeg_pipe,jpegls_pipe,pam_pipe,pbm_pipe,pcx_pipe,pgm_pipe,png_pipe,ppm_pipe,qoi_pipe,sgi_pipe,"
    "sunrast_pipe,tiff_pipe,webp_pipe";

// Names of FFmpeg's decoders.
inline constexpr const char* kCodings =
    "h264,hevc,vp8,vp9,libvpx,libvpx-vp9,libdav1d,libaom-av1,av1,mpeg4,mpeg1video,mpeg2video,mpegvideo,h263,h263i,"
    "h263p,"
    "flv,msmpeg4,msmpeg4v1,msmpeg4v2,wmv1,wmv2,wmv3,vc1,theora,vp6,vp6a,vp6f,mjpeg,prores,dnxhd,ffv1,huffyuv,ffvhuff,"
    "rawvideo,dvvideo,svq3,qtrle,cinepak,"
    "apng,gif,png,bmp,tiff,webp,jpeg2000,libopenjpeg,jpegls,pam,pbm,pcx,pgm,ppm,qoi,sgi,sunrast,"
    "aac,aac_latm,mp1,mp1float,mp2,mp2float,mp3,mp3float,vorbis,libvorbis,opus,libopus,flac,alac,ac3,eac3,dca,wmav1,"
    "wmav2,wmapro,tta,wavpack,amrnb,amrwb,gsm,gsm_ms,speex,libspeex,adpcm_ima_wav,"
    "adpcm_ms,adpcm_ima_qt,adpcm_swf,nellymoser,pcm_alaw,pcm_mulaw,pcm_f32be,pcm_f32le,pcm_f64be,pcm_f64le,pcm_s8,"
    "pcm_u8,pcm_s16be,pcm_s16le,pcm_s16le_planar,pcm_s24be,pcm_s24le,pcm_s32be,pcm_s32le,pcm_u16le,pcm_bluray,pcm_dvd,"
    "ass,ssa,mov_text,srt,subrip,text,webvtt";

}  // namespace earshot::video
