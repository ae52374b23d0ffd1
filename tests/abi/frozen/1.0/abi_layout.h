/* abi_layout.h: pins where each member of abi.h stands, so that a compiler or a flag that lays structs out
 * differently is found when a plugin is built and not when it crashes. Written by tools in tests/abi; never by hand. */
#ifndef EARSHOT_ABI_LAYOUT_H
#define EARSHOT_ABI_LAYOUT_H

#ifdef __cplusplus
#define EAR_ASSERT(condition, text) static_assert(condition, text)
#else
#define EAR_ASSERT(condition, text) _Static_assert(condition, text)
#endif
#define EAR_PIN(type, member, at) EAR_ASSERT(offsetof(type, member) == at, #type "." #member " is not where 1.0 has it")
#define EAR_PIN_SIZE(type, last, bytes)                                  \
  EAR_ASSERT(sizeof(type) == bytes, #type " is not as large as in 1.0"); \
  EAR_ASSERT(offsetof(type, last) + sizeof(((type*)0)->last) == bytes, #type " ends in padding")

EAR_PIN(ear_str, ptr, 0);
EAR_PIN(ear_str, len, 8);
EAR_PIN_SIZE(ear_str, len, 16);

EAR_PIN(ear_bytes, ptr, 0);
EAR_PIN(ear_bytes, len, 8);
EAR_PIN_SIZE(ear_bytes, len, 16);

EAR_PIN(ear_id, high, 0);
EAR_PIN(ear_id, low, 8);
EAR_PIN_SIZE(ear_id, low, 16);

EAR_PIN(ear_quad, x, 0);
EAR_PIN(ear_quad, y, 16);
EAR_PIN_SIZE(ear_quad, y, 32);

EAR_PIN(ear_value, type, 0);
EAR_PIN(ear_value, count, 4);
EAR_PIN(ear_value, key, 8);
EAR_PIN(ear_value, text, 24);
EAR_PIN(ear_value, integer, 40);
EAR_PIN(ear_value, real, 48);
EAR_PIN(ear_value, items, 56);
EAR_PIN_SIZE(ear_value, items, 64);

EAR_PIN(ear_error, size, 0);
EAR_PIN(ear_error, post, 4);
EAR_PIN(ear_error, retry_after, 8);
EAR_PIN(ear_error, offset, 16);
EAR_PIN(ear_error, option, 24);
EAR_PIN(ear_error, message, 152);
EAR_PIN_SIZE(ear_error, message, 1024);

EAR_PIN(ear_word, begin, 0);
EAR_PIN(ear_word, end, 4);
EAR_PIN(ear_word, confidence, 8);
EAR_PIN(ear_word, start, 16);
EAR_PIN(ear_word, stop, 24);
EAR_PIN(ear_word, box, 32);
EAR_PIN_SIZE(ear_word, box, 64);

EAR_PIN(ear_segment, size, 0);
EAR_PIN(ear_segment, number, 4);
EAR_PIN(ear_segment, origin, 8);
EAR_PIN(ear_segment, media, 12);
EAR_PIN(ear_segment, text, 16);
EAR_PIN(ear_segment, language, 32);
EAR_PIN(ear_segment, detector, 48);
EAR_PIN(ear_segment, confidence, 64);
EAR_PIN(ear_segment, start, 72);
EAR_PIN(ear_segment, end, 80);
EAR_PIN(ear_segment, box, 88);
EAR_PIN(ear_segment, words, 120);
EAR_PIN(ear_segment, word_count, 128);
EAR_PIN(ear_segment, word_stride, 132);
EAR_PIN_SIZE(ear_segment, word_stride, 136);

EAR_PIN(ear_media, size, 0);
EAR_PIN(ear_media, number, 4);
EAR_PIN(ear_media, kind, 8);
EAR_PIN(ear_media, zero, 12);
EAR_PIN(ear_media, url, 16);
EAR_PIN(ear_media, path, 32);
EAR_PIN(ear_media, type, 48);
EAR_PIN(ear_media, alt, 64);
EAR_PIN(ear_media, width, 80);
EAR_PIN(ear_media, height, 88);
EAR_PIN(ear_media, duration, 96);
EAR_PIN_SIZE(ear_media, duration, 104);

EAR_PIN(ear_author, size, 0);
EAR_PIN(ear_author, zero, 4);
EAR_PIN(ear_author, id, 8);
EAR_PIN(ear_author, handle, 24);
EAR_PIN(ear_author, name, 40);
EAR_PIN(ear_author, url, 56);
EAR_PIN(ear_author, bio, 72);
EAR_PIN(ear_author, place, 88);
EAR_PIN(ear_author, followers, 104);
EAR_PIN(ear_author, following, 112);
EAR_PIN(ear_author, posts, 120);
EAR_PIN(ear_author, created, 128);
EAR_PIN_SIZE(ear_author, created, 136);

EAR_PIN(ear_finding, size, 0);
EAR_PIN(ear_finding, post, 4);
EAR_PIN(ear_finding, segment, 8);
EAR_PIN(ear_finding, begin, 12);
EAR_PIN(ear_finding, end, 16);
EAR_PIN(ear_finding, media, 20);
EAR_PIN(ear_finding, score, 24);
EAR_PIN(ear_finding, start, 32);
EAR_PIN(ear_finding, stop, 40);
EAR_PIN(ear_finding, box, 48);
EAR_PIN(ear_finding, kind, 80);
EAR_PIN(ear_finding, subject, 96);
EAR_PIN(ear_finding, value, 112);
EAR_PIN(ear_finding, reason, 128);
EAR_PIN(ear_finding, detector, 144);
EAR_PIN(ear_finding, attributes, 160);
EAR_PIN(ear_finding, attribute_count, 168);
EAR_PIN(ear_finding, zero, 172);
EAR_PIN_SIZE(ear_finding, zero, 176);

EAR_PIN(ear_post, size, 0);
EAR_PIN(ear_post, flags, 4);
EAR_PIN(ear_post, change, 8);
EAR_PIN(ear_post, zero, 12);
EAR_PIN(ear_post, revision, 16);
EAR_PIN(ear_post, published, 24);
EAR_PIN(ear_post, collected, 32);
EAR_PIN(ear_post, key, 40);
EAR_PIN(ear_post, platform, 56);
EAR_PIN(ear_post, id, 72);
EAR_PIN(ear_post, kind, 88);
EAR_PIN(ear_post, url, 104);
EAR_PIN(ear_post, language, 120);
EAR_PIN(ear_post, country, 136);
EAR_PIN(ear_post, parent, 152);
EAR_PIN(ear_post, repost_of, 168);
EAR_PIN(ear_post, source, 184);
EAR_PIN(ear_post, author, 200);
EAR_PIN(ear_post, likes, 208);
EAR_PIN(ear_post, reposts, 216);
EAR_PIN(ear_post, replies, 224);
EAR_PIN(ear_post, views, 232);
EAR_PIN(ear_post, segments, 240);
EAR_PIN(ear_post, media, 248);
EAR_PIN(ear_post, findings, 256);
EAR_PIN(ear_post, attributes, 264);
EAR_PIN(ear_post, segment_count, 272);
EAR_PIN(ear_post, segment_stride, 276);
EAR_PIN(ear_post, media_count, 280);
EAR_PIN(ear_post, media_stride, 284);
EAR_PIN(ear_post, finding_count, 288);
EAR_PIN(ear_post, finding_stride, 292);
EAR_PIN(ear_post, attribute_count, 296);
EAR_PIN(ear_post, zero2, 300);
EAR_PIN(ear_post, raw, 304);
EAR_PIN_SIZE(ear_post, raw, 320);

EAR_PIN(ear_gap, size, 0);
EAR_PIN(ear_gap, zero, 4);
EAR_PIN(ear_gap, source, 8);
EAR_PIN(ear_gap, from, 24);
EAR_PIN(ear_gap, to, 32);
EAR_PIN(ear_gap, reason, 40);
EAR_PIN_SIZE(ear_gap, reason, 56);

EAR_PIN(ear_evidence, size, 0);
EAR_PIN(ear_evidence, zero, 4);
EAR_PIN(ear_evidence, platform, 8);
EAR_PIN(ear_evidence, id, 24);
EAR_PIN(ear_evidence, url, 40);
EAR_PIN(ear_evidence, author, 56);
EAR_PIN(ear_evidence, text, 72);
EAR_PIN(ear_evidence, published, 88);
EAR_PIN(ear_evidence, weight, 96);
EAR_PIN_SIZE(ear_evidence, weight, 104);

EAR_PIN(ear_alert, size, 0);
EAR_PIN(ear_alert, state, 4);
EAR_PIN(ear_alert, id, 8);
EAR_PIN(ear_alert, detector, 24);
EAR_PIN(ear_alert, revision, 40);
EAR_PIN(ear_alert, kind, 48);
EAR_PIN(ear_alert, subject, 64);
EAR_PIN(ear_alert, summary, 80);
EAR_PIN(ear_alert, start, 96);
EAR_PIN(ear_alert, end, 104);
EAR_PIN(ear_alert, observed, 112);
EAR_PIN(ear_alert, expected, 120);
EAR_PIN(ear_alert, lower, 128);
EAR_PIN(ear_alert, upper, 136);
EAR_PIN(ear_alert, severity, 144);
EAR_PIN(ear_alert, evidence_count, 148);
EAR_PIN(ear_alert, evidence_stride, 152);
EAR_PIN(ear_alert, attribute_count, 156);
EAR_PIN(ear_alert, evidence, 160);
EAR_PIN(ear_alert, attributes, 168);
EAR_PIN_SIZE(ear_alert, attributes, 176);

EAR_PIN(ear_host, size, 0);
EAR_PIN(ear_host, abi, 4);
EAR_PIN(ear_host, ctx, 8);
EAR_PIN(ear_host, component, 16);
EAR_PIN(ear_host, pipeline, 32);
EAR_PIN(ear_host, state_dir, 48);
EAR_PIN(ear_host, log, 64);
EAR_PIN(ear_host, metric, 72);
EAR_PIN(ear_host, now, 80);
EAR_PIN(ear_host, cancelled, 88);
EAR_PIN(ear_host, secret, 96);
EAR_PIN(ear_host, watchlist, 104);
EAR_PIN(ear_host, config, 112);
EAR_PIN(ear_host, service, 120);
EAR_PIN_SIZE(ear_host, service, 128);

EAR_PIN(ear_option, size, 0);
EAR_PIN(ear_option, type, 4);
EAR_PIN(ear_option, element, 8);
EAR_PIN(ear_option, flags, 12);
EAR_PIN(ear_option, name, 16);
EAR_PIN(ear_option, doc, 24);
EAR_PIN(ear_option, fallback, 32);
EAR_PIN(ear_option, example, 40);
EAR_PIN(ear_option, min, 48);
EAR_PIN(ear_option, max, 56);
EAR_PIN(ear_option, choices, 64);
EAR_PIN_SIZE(ear_option, choices, 72);

EAR_PIN(ear_state_out, size, 0);
EAR_PIN(ear_state_out, whole, 4);
EAR_PIN(ear_state_out, ctx, 8);
EAR_PIN(ear_state_out, put, 16);
EAR_PIN(ear_state_out, remove, 24);
EAR_PIN_SIZE(ear_state_out, remove, 32);

EAR_PIN(ear_source_out, size, 0);
EAR_PIN(ear_source_out, max_posts, 4);
EAR_PIN(ear_source_out, ctx, 8);
EAR_PIN(ear_source_out, buffer, 16);
EAR_PIN(ear_source_out, post, 24);
EAR_PIN(ear_source_out, reject, 32);
EAR_PIN(ear_source_out, complete_until, 40);
EAR_PIN(ear_source_out, gap, 48);
EAR_PIN(ear_source_out, cursor, 56);
EAR_PIN_SIZE(ear_source_out, cursor, 64);

EAR_PIN(ear_source, size, 0);
EAR_PIN(ear_source, zero, 4);
EAR_PIN(ear_source, open, 8);
EAR_PIN(ear_source, poll, 16);
EAR_PIN(ear_source, committed, 24);
EAR_PIN(ear_source, reread, 32);
EAR_PIN_SIZE(ear_source, reread, 40);

EAR_PIN(ear_batch, size, 0);
EAR_PIN(ear_batch, count, 4);
EAR_PIN(ear_batch, posts, 8);
EAR_PIN(ear_batch, gaps, 16);
EAR_PIN(ear_batch, gap_count, 24);
EAR_PIN(ear_batch, gap_stride, 28);
EAR_PIN_SIZE(ear_batch, gap_stride, 32);

EAR_PIN(ear_detector_out, size, 0);
EAR_PIN(ear_detector_out, zero, 4);
EAR_PIN(ear_detector_out, ctx, 8);
EAR_PIN(ear_detector_out, finding, 16);
EAR_PIN(ear_detector_out, segment, 24);
EAR_PIN(ear_detector_out, alert, 32);
EAR_PIN(ear_detector_out, stop, 40);
EAR_PIN(ear_detector_out, reject, 48);
EAR_PIN(ear_detector_out, wake_at, 56);
EAR_PIN_SIZE(ear_detector_out, wake_at, 64);

EAR_PIN(ear_detector, size, 0);
EAR_PIN(ear_detector, zero, 4);
EAR_PIN(ear_detector, detect, 8);
EAR_PIN(ear_detector, advance, 16);
EAR_PIN(ear_detector, share, 24);
EAR_PIN_SIZE(ear_detector, share, 32);

EAR_PIN(ear_delivery, size, 0);
EAR_PIN(ear_delivery, kind, 4);
EAR_PIN(ear_delivery, id, 8);
EAR_PIN(ear_delivery, revision, 24);
EAR_PIN(ear_delivery, post, 32);
EAR_PIN(ear_delivery, alert, 40);
EAR_PIN(ear_delivery, gap, 48);
EAR_PIN_SIZE(ear_delivery, gap, 56);

EAR_PIN(ear_deliveries, size, 0);
EAR_PIN(ear_deliveries, count, 4);
EAR_PIN(ear_deliveries, items, 8);
EAR_PIN(ear_deliveries, stride, 16);
EAR_PIN(ear_deliveries, zero, 20);
EAR_PIN_SIZE(ear_deliveries, zero, 24);

EAR_PIN(ear_sink, size, 0);
EAR_PIN(ear_sink, zero, 4);
EAR_PIN(ear_sink, write, 8);
EAR_PIN(ear_sink, flush, 16);
EAR_PIN_SIZE(ear_sink, flush, 24);

EAR_PIN(ear_service, size, 0);
EAR_PIN(ear_service, zero, 4);
EAR_PIN(ear_service, offers, 8);
EAR_PIN(ear_service, table, 16);
EAR_PIN_SIZE(ear_service, table, 24);

EAR_PIN(ear_command_io, size, 0);
EAR_PIN(ear_command_io, terminal, 4);
EAR_PIN(ear_command_io, width, 8);
EAR_PIN(ear_command_io, zero, 12);
EAR_PIN(ear_command_io, ctx, 16);
EAR_PIN(ear_command_io, out, 24);
EAR_PIN(ear_command_io, error, 32);
EAR_PIN_SIZE(ear_command_io, error, 40);

EAR_PIN(ear_command, size, 0);
EAR_PIN(ear_command, zero, 4);
EAR_PIN(ear_command, usage, 8);
EAR_PIN(ear_command, examples, 16);
EAR_PIN(ear_command, run, 24);
EAR_PIN_SIZE(ear_command, run, 32);

EAR_PIN(ear_component, size, 0);
EAR_PIN(ear_component, kind, 4);
EAR_PIN(ear_component, flags, 8);
EAR_PIN(ear_component, state_version, 12);
EAR_PIN(ear_component, name, 16);
EAR_PIN(ear_component, summary, 24);
EAR_PIN(ear_component, options, 32);
EAR_PIN(ear_component, option_count, 40);
EAR_PIN(ear_component, option_stride, 44);
EAR_PIN(ear_component, source, 48);
EAR_PIN(ear_component, detector, 56);
EAR_PIN(ear_component, sink, 64);
EAR_PIN(ear_component, service, 72);
EAR_PIN(ear_component, command, 80);
EAR_PIN(ear_component, create, 88);
EAR_PIN(ear_component, destroy, 96);
EAR_PIN(ear_component, start, 104);
EAR_PIN(ear_component, stop, 112);
EAR_PIN(ear_component, save, 120);
EAR_PIN(ear_component, load, 128);
EAR_PIN(ear_component, next_tick, 136);
EAR_PIN(ear_component, tick, 144);
EAR_PIN(ear_component, erase, 152);
EAR_PIN_SIZE(ear_component, erase, 160);

EAR_PIN(ear_module, size, 0);
EAR_PIN(ear_module, abi, 4);
EAR_PIN(ear_module, id, 8);
EAR_PIN(ear_module, version, 16);
EAR_PIN(ear_module, vendor, 24);
EAR_PIN(ear_module, licence, 32);
EAR_PIN(ear_module, summary, 40);
EAR_PIN(ear_module, components, 48);
EAR_PIN_SIZE(ear_module, components, 56);

#undef EAR_PIN
#undef EAR_PIN_SIZE
#undef EAR_ASSERT

#endif /* EARSHOT_ABI_LAYOUT_H */
