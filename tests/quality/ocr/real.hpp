// real.hpp: receipts, documents and street photographs: how many of their words are read.
#pragma once

#include "ocr/read_picture.hpp"

namespace earshot::quality {

// Prints a table: Tesseract as it comes beside ocr. The exit code.
int real_pictures(ocr::PictureReader& reader, ocr::Recogniser& recogniser);

}  // namespace earshot::quality
