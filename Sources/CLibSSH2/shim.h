#pragma once
#define LIBSSH2_DISABLE_DEPRECATION
#include <libssh2.h>
#include <malloc.h>
