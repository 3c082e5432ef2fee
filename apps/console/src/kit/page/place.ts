/**
 * Where something is drawn, so that a failure takes its fitting shape: alone it fills a page with a
 * heading and ways on, in a part of a page it stays as small as the part.
 */
import { createContext } from 'react'

export type Place = 'alone' | 'page' | 'part'

export const PlaceContext = createContext<Place>('alone')
