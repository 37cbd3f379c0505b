/** What an operator does about steps that failed for good. It decides nothing about money and knows no flow's room. */
package io.aftersale.operations;
